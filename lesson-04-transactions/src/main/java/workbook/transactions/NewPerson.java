package workbook.transactions;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * A person who has no id yet, as in lesson 3.
 *
 * @param name never null, at most 50 characters
 * @param city at most 40 characters
 * @param profession at most 60 characters
 */
public record NewPerson(String name, String city, String profession) {

  /** Makes up people; the seed is fixed, so they are the same each time. */
  static List<NewPerson> generate(int count) {
    Faker faker = new Faker(Locale.US, new Random(42));
    return Stream.generate(
            () ->
                new NewPerson(
                    faker.name().fullName(),
                    faker.address().city(),
                    faker.job().title()))
        .limit(count)
        .toList();
  }

  /** The same person, moved. */
  NewPerson movedTo(String newCity) {
    return new NewPerson(name, newCity, profession);
  }
}
