package workbook.jshell;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.engine.playground.Table;

/** Values that are not rows of a result, made ready for a table. */
record Rows(List<String> headings, List<List<?>> values) {

  /** A column for each component or key; values that have none stand in one column. */
  static Rows of(Iterable<?> values) throws ReflectiveOperationException {
    List<Object> all = new ArrayList<>();
    values.forEach(all::add);
    boolean areRecords = !all.isEmpty() && all.stream().allMatch(Record.class::isInstance);
    boolean areMaps = !all.isEmpty() && all.stream().allMatch(value -> value instanceof Map);
    Set<String> headings = new LinkedHashSet<>();
    List<Map<String, ?>> rows = new ArrayList<>();
    for (Object value : all) {
      Map<String, ?> row =
          areRecords ? components((Record) value) : areMaps ? entries((Map<?, ?>) value) : null;
      rows.add(row == null ? Collections.singletonMap("value", value) : row);
      headings.addAll(rows.get(rows.size() - 1).keySet());
    }
    return new Rows(
        headings.isEmpty() ? List.of("value") : List.copyOf(headings),
        rows.stream().<List<?>>map(row -> headings.stream().map(row::get).toList()).toList());
  }

  String table(int most) {
    return Table.of(headings, values, most);
  }

  private static Map<String, Object> components(Record record) throws ReflectiveOperationException {
    Map<String, Object> row = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      row.put(component.getName(), component.getAccessor().invoke(record));
    }
    return row;
  }

  private static Map<String, Object> entries(Map<?, ?> map) {
    Map<String, Object> row = new LinkedHashMap<>();
    map.forEach((key, value) -> row.put(String.valueOf(key), value));
    return row;
  }
}
