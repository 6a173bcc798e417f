package workbook.grading.proofs.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.config.MutatorGroup;
import workbook.grading.proofs.mutants.sql.SqlOperator;

/** Makes the workbook's mutators known to PIT: {@code --mutators=STRONGER,WORKBOOK}. */
public final class WorkbookMutators implements MutatorGroup {
  @Override
  public void register(Map<String, List<MethodMutatorFactory>> mutators) {
    List<MethodMutatorFactory> all = all();
    all.forEach(mutator -> mutators.put(mutator.getGloballyUniqueId(), List.of(mutator)));
    mutators.put("WORKBOOK", all);
  }

  static List<MethodMutatorFactory> all() {
    List<MethodMutatorFactory> all = new ArrayList<>();
    for (SqlOperator operator : SqlOperator.values()) {
      IntStream.range(0, SqlMutator.MOST)
          .mapToObj(number -> new SqlMutator(operator, number))
          .forEach(all::add);
    }
    Stream.of(CallOperator.values()).map(CallMutator::new).forEach(all::add);
    for (int number = 0; number < CatchMutator.MOST; number++) {
      all.add(new CatchMutator(number, false));
      all.add(new CatchMutator(number, true));
    }
    all.add(new ConstantMutator());
    all.add(new LoopMutator());
    return all;
  }
}
