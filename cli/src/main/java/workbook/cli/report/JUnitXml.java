package workbook.cli.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workbook.engine.protocol.Status;

/** JUnit's XML, the format that continuous integration servers read. */
public final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Some checks that belong together. */
  public record Suite(String name, List<Case> cases) {
    private String count(String element) {
      return String.valueOf(cases.stream().filter(it -> it.element().equals(element)).count());
    }
  }

  /**
   * A check.
   *
   * @param group what it is listed under
   * @param message null if it passed
   */
  public record Case(String group, String name, Status status, String message) {
    private String element() {
      return switch (status) {
        case PASSED -> "";
        case FAILED -> "failure";
        case NOT_ATTEMPTED -> "skipped";
        default -> "error";
      };
    }
  }

  /** The document. */
  public static String of(List<Suite> suites) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JUnitXml(xml).write(suites);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot fail to be written to memory", e);
    }
    return text.toString();
  }

  private void write(List<Suite> suites) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    for (Suite suite : suites) {
      write(suite);
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void write(Suite suite) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", suite.name());
    attribute("tests", String.valueOf(suite.cases().size()));
    attribute("failures", suite.count("failure"));
    attribute("errors", suite.count("error"));
    attribute("skipped", suite.count("skipped"));
    for (Case check : suite.cases()) {
      write(check);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private void write(Case check) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute("classname", check.group());
    attribute("name", check.name().replace('_', ' '));
    if (!check.element().isEmpty()) {
      xml.writeStartElement(check.element());
      attribute("message", check.status().word());
      xml.writeCharacters(valid(check.message()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
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
