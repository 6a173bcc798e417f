package workbook.grading.proofs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Where and when checks may run, which no verdict may depend on.
 *
 * @param zone the JVM's time zone
 * @param locale the JVM's locale
 * @param busy how many endless loops run beside the checks
 */
record Circumstances(String zone, String locale, int busy) {
  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia");
  private static final List<String> LOCALES =
      List.of("en-US", "tr-TR", "ar-EG", "fa-IR", "th-TH-u-ca-buddhist-nu-thai");
  private static final int BUSY = 2;

  /** Ten: each zone and each locale once alone and once beside busy loops, in other pairs. */
  static List<Circumstances> all() {
    List<Circumstances> all = new ArrayList<>();
    for (int i = 0; i < ZONES.size(); i++) {
      all.add(new Circumstances(ZONES.get(i), LOCALES.get(i), 0));
      all.add(new Circumstances(ZONES.get(i), LOCALES.get((i + 2) % LOCALES.size()), BUSY));
    }
    return all;
  }

  /** Does something under them, and puts back what was. */
  <T> T during(Supplier<T> work) {
    TimeZone zoneBefore = TimeZone.getDefault();
    Locale localeBefore = Locale.getDefault();
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> loops = IntStream.range(0, busy).mapToObj(i -> loop(done)).toList();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      Locale.setDefault(Locale.forLanguageTag(locale));
      loops.forEach(Thread::start);
      return work.get();
    } finally {
      done.set(true);
      TimeZone.setDefault(zoneBefore);
      Locale.setDefault(localeBefore);
    }
  }

  private static Thread loop(AtomicBoolean done) {
    Thread thread =
        new Thread(
            () -> {
              while (!done.get()) {
                Thread.onSpinWait();
              }
            },
            "busy");
    thread.setDaemon(true);
    return thread;
  }
}
