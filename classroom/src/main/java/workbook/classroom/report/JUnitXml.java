package workbook.classroom.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;

/** The format that continuous integration servers read; a suite for each answer. */
final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(ClassResult result) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JUnitXml(xml).write(result);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot fail to be written to memory", e);
    }
    return text.toString();
  }

  private void write(ClassResult result) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    for (StudentResult student : result.students()) {
      for (GradedLesson lesson : result.lessons()) {
        write(student, student.lesson(lesson.number()).orElseGet(() -> notHandedIn(lesson)));
      }
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void write(StudentResult student, LessonResult lesson) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", student.student() + ", lesson " + lesson.lesson());
    attribute("tests", String.valueOf(lesson.checks().size()));
    attribute("failures", count(lesson, "failure"));
    attribute("errors", count(lesson, "error"));
    attribute("skipped", count(lesson, "skipped"));
    for (CheckOutcome check : lesson.checks()) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testcase");
      attribute("classname", student.student() + "." + check.exercise());
      attribute("name", check.name().replace('_', ' '));
      String element = element(check);
      if (!element.isEmpty()) {
        xml.writeStartElement(element);
        attribute("message", check.status().word());
        xml.writeCharacters(valid(check.message()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static LessonResult notHandedIn(GradedLesson lesson) {
    List<CheckOutcome> checks =
        lesson.checks().stream()
            .map(
                check ->
                    CheckOutcome.notAttempted(check.exercise(), check.name(), "Not handed in."))
            .toList();
    return new LessonResult(lesson.number(), "", List.of(), checks);
  }

  private static String element(CheckOutcome check) {
    return switch (check.status()) {
      case PASSED -> "";
      case FAILED -> "failure";
      case NOT_ATTEMPTED -> "skipped";
      default -> "error";
    };
  }

  private static String count(LessonResult lesson, String element) {
    return String.valueOf(
        lesson.checks().stream().filter(check -> element(check).equals(element)).count());
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, valid(value));
  }

  // XML has no way to write most control characters.
  private static String valid(String text) {
    return String.valueOf(text)
        .replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }
}
