package dev.gatlingllm.report;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.CancelledCalls;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: one test case per assertion. A run without assertions has the case that calls
 * succeeded: some readers take a suite without cases for an error.
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
    List<AssertionResult> cases = cases(report);
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", report.simulation());
    attribute(xml, "tests", Integer.toString(cases.size()));
    attribute(
        xml, "failures", Long.toString(cases.stream().filter(result -> !result.passed()).count()));
    attribute(xml, "errors", "0");
    attribute(xml, "skipped", "0");
    attribute(xml, "time", Figures.plain(report.durationSeconds().orElse(0)));
    if (report.info().isPresent()) {
      attribute(xml, "timestamp", TIMESTAMP.format(report.info().get().start()));
    }
    for (AssertionResult result : cases) {
      testCase(report.simulation(), result, xml);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static List<AssertionResult> cases(RunReport report) {
    if (!report.assertions().isEmpty()) {
      return report.assertions();
    }
    CallStatistics all = report.statistics().overall();
    long succeeded = all.counts().succeeded();
    long answered = all.cancelled().map(CancelledCalls::withFirstToken).orElse(0L);
    return List.of(
        new AssertionResult(
            "the run: calls succeeded",
            succeeded + answered > 0,
            succeeded > 0
                ? Count.of(succeeded, "call") + " succeeded"
                : answered > 0
                    ? Count.of(answered, "call") + " cancelled by the client after the first token"
                    : "no call succeeded"));
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
