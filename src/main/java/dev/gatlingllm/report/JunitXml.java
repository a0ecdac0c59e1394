package dev.gatlingllm.report;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: one test case per assertion. A run without assertions is a suite without
 * cases.
 */
public final class JunitXml implements TextFormat<RunReport> {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      suite(report, xml);
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("junit.xml could not be written", e);
    }
  }

  private static void suite(RunReport report, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", report.simulation());
    attribute(xml, "tests", Integer.toString(report.assertions().size()));
    attribute(xml, "failures", Long.toString(report.failedAssertions()));
    attribute(xml, "errors", "0");
    attribute(xml, "skipped", "0");
    attribute(xml, "time", Figures.plain(report.durationSeconds().orElse(0)));
    if (report.info().isPresent()) {
      attribute(xml, "timestamp", TIMESTAMP.format(report.info().get().start()));
    }
    for (AssertionResult result : report.assertions()) {
      testCase(report.simulation(), result, xml);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static void testCase(String simulation, AssertionResult result, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", simulation);
    attribute(xml, "name", result.text());
    attribute(xml, "time", "0");
    if (!result.passed()) {
      xml.writeStartElement("failure");
      attribute(xml, "type", "assertion");
      attribute(xml, "message", "actual: " + result.actual());
      xml.writeCharacters(
          PlainText.line(result.text()) + "\nactual: " + PlainText.line(result.actual()));
      xml.writeEndElement();
    } else {
      xml.writeStartElement("system-out");
      xml.writeCharacters("actual: " + PlainText.line(result.actual()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, PlainText.line(value));
  }
}
