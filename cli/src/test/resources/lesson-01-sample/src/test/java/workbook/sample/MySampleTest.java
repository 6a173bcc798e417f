package workbook.sample;

class MySampleTest extends SampleChecks {
  @Override
  Sample answer() {
    return new MySample();
  }
}
