package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JunitXmlTest {

  @TempDir private Path temp;

  @Test
  void anyTextGivesValidXml() throws Exception {
    String nasty = "a\u0000\u0008\u001f\ud800 <]]>&\"'\n\u2028 \ufffe 😀";
    Document xml = written(new AssertionResult(nasty, false, nasty));
    Element testCase = (Element) xml.getElementsByTagName("testcase").item(0);
    assertThat(testCase.getAttribute("name"))
        .isEqualTo("a\ufffd\ufffd\ufffd\ufffd <]]>&\"'  \ufffd 😀");
    assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
        .contains("actual: a\ufffd");
  }

  @Test
  void aFailureTellsTheActualValue() throws Exception {
    Document xml =
        written(
            new AssertionResult("TTFT below 500", false, "612.0"),
            new AssertionResult("no errors", true, "0"));
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("actual: 612.0");
  }

  @Test
  void aRunWithoutAssertionsHasTheCaseThatCallsSucceeded() throws Exception {
    Document xml = written();
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("1");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element testCase = (Element) xml.getElementsByTagName("testcase").item(0);
    assertThat(testCase.getAttribute("name")).isEqualTo("the run: calls succeeded");
    assertThat(testCase.getTextContent()).contains("actual: no call succeeded");
  }

  private Document written(AssertionResult... results) throws Exception {
    StringWriter text = new StringWriter();
    new JunitXml().write(report(List.of(results)), text);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text.toString())));
  }

  // Straight from memory: a lone surrogate would not survive a file.
  private RunReport report(List<AssertionResult> results) throws IOException {
    SampleRuns.write(temp, List.of());
    new RunFiles(temp)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(1)), Map.of(), List.of()));
    RunReport read = RunReport.of(List.of(temp));
    return new RunReport(
        read.runs(),
        read.info(),
        read.completeness(),
        read.durationSeconds(),
        read.planned(),
        read.statistics(),
        read.client(),
        List.of(),
        results,
        read.measurementErrors(),
        read.cost(),
        read.callCosts(),
        read.merged(),
        read.steadyState(),
        read.ab(),
        read.capacity(),
        read.notes(),
        read.server(),
        read.serverView(),
        read.beside());
  }
}
