package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.Throughput;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexHtmlTest {

  @TempDir private Path temp;

  @Test
  void nothingIsFetched() throws IOException {
    // Inside the scripts is code that could, if it were asked to, save a chart as an image.
    String page =
        page(SampleRuns.ladder(temp)).replaceAll("(?s)(<script[^>]*>).*?(</script>)", "$1$2");
    assertThat(matches(page, "<(?:script|img|iframe|source|object)[^>]*\\ssrc=")).isEmpty();
    assertThat(matches(page, "<link[^>]*>")).containsExactly("<link rel=\"icon\" href=\"data:,\">");
    assertThat(matches(page, "@import|url\\(\\s*['\"]?\\s*http")).isEmpty();
    assertThat(matches(page, "href=\"[^\"]*\""))
        .isNotEmpty()
        .noneMatch(link -> link.contains("//"));
  }

  /** CVE-2026-45249 is in the series of type lines: .github/advisories.md rests on this. */
  @Test
  void theInlinedChartsHaveNoSeriesOfTypeLines() throws IOException {
    assertThat(matches(page(SampleRuns.ladder(temp)), "type=\"series\\.[a-z]+\""))
        .containsExactlyInAnyOrder(
            "type=\"series.line\"",
            "type=\"series.bar\"",
            "type=\"series.pie\"",
            "type=\"series.scatter\"");
  }

  @Test
  void theLicenceOfTheChartsIsInlinedWithThem() throws IOException {
    assertThat(page(SampleRuns.ladder(temp)))
        .contains("Licensed to the Apache Software Foundation (ASF)");
  }

  @Test
  void userTextIsEscapedEverywhere() throws IOException {
    String page = page(SampleRuns.ladder(temp));
    assertThat(page).doesNotContain("<i>name</i>").doesNotContain("alert(1)</script>");
    assertThat(page).contains("odd &lt;i&gt;name&lt;/i&gt;");
    assertThat(page).contains("failed &lt;b&gt;| is less than 1 %");
    assertThat(page).contains("\\u003ci>name\\u003c/i>");
    assertThat(matches(page, "</script>")).hasSize(3);
  }

  @Test
  void everyChartHasItsPlace() throws IOException {
    String page = page(SampleRuns.ladder(temp));
    String table = page.substring(page.indexOf("const DRAWN = {"));
    List<String> charts =
        matches(table.substring(0, table.indexOf("};")), "(?m)^    '[a-z0-9-]+'").stream()
            .map(entry -> entry.strip().replace("'", ""))
            .toList();
    assertThat(charts).hasSize(25);
    List<String> always = new ArrayList<>(charts);
    always.removeAll(List.of("time-requests-left", "time-tokens-left"));
    List.of("time-ttft", "time-rate", "time-e2e", "time-schedule-delay").forEach(always::add);
    for (String chart : always) {
      assertThat(page).contains("id=\"" + chart + "\"", "id=\"" + chart + "-note\"");
    }
  }

  @Test
  void aWithheldPercentileSaysWhatItNeeds() throws IOException {
    String page = page(SampleRuns.killed(temp));
    assertThat(page).contains("n too small (needs 100)");
    assertThat(page).contains("<p class=\"value\"><span class=\"amount\">–</span></p>");
  }

  @Test
  void whatMustNotBeOverlookedIsAtTheTop() throws IOException {
    assertThat(page(SampleRuns.ladder(temp.resolve("a"))))
        .contains("aria-label=\"failed\">✗</span> ")
        .contains("badge degraded", "The client itself distorted these numbers: degraded")
        .contains("<li>An event loop did not answer for 1000 ms (limit 250 ms).</li>")
        .doesNotContain("The run was killed");
    assertThat(page(SampleRuns.killed(temp.resolve("b"))))
        .contains("<p class=\"found\">The run was killed: ")
        .contains("badge unknown", "How the client was is unknown")
        .doesNotContain("aria-label=\"failed\"");
  }

  @Test
  void keysAreComparedOnlyIfThereAreSeveral() throws IOException {
    assertThat(page(SampleRuns.ladder(temp.resolve("a")))).contains("id=\"compare-ttft\"");
    assertThat(page(SampleRuns.killed(temp.resolve("b")))).doesNotContain("id=\"compare-ttft\"");
  }

  @Test
  void levelsAreDrawnAgainstClientsOnlyIfThereAreSeveral() throws IOException {
    assertThat(page(SampleRuns.ladder(temp.resolve("a"))))
        .contains("id=\"level-ttft\"", "id=\"level-ttlt\"", "id=\"level-rpm\"")
        .contains("id=\"level-errors\"", "id=\"level-input\"", "id=\"level-output\"");
    assertThat(page(SampleRuns.killed(temp.resolve("b")))).doesNotContain("id=\"level-ttft\"");
  }

  @Test
  void modelsAndRegionsAreDrawnOnlyIfThereAreSeveral() throws IOException {
    Path run = temp.resolve("a");
    SampleRuns.write(
        run,
        List.of(
            call().id(0).name("chat", "nova | us-east-2 | optimized").record(),
            call().id(1).name("chat", "nova | us-east-2 | <b>none</b>").record()));
    assertThat(page(run))
        .contains("id=\"group-ttft-0\"", "id=\"group-rate-1\"", "id=\"group-errors\"")
        .contains("Time to first token, &lt;b&gt;none&lt;/b&gt;")
        .doesNotContain("id=\"group-ttft-2\"");
    assertThat(page(SampleRuns.killed(temp.resolve("b")))).doesNotContain("id=\"group-ttft\"");
  }

  @Test
  void whatTheBarsOfAGroupShowIsInATableTooWithItsCounts() throws IOException {
    Path run = temp.resolve("a");
    SampleRuns.write(
        run,
        List.of(
            call().id(0).model("a").from(0, 900).streamed(100, 890).tokens(200, 90).record(),
            call().id(1).model("a").from(0, 400).streamed(100, 390).tokens(300, 4).record(),
            call().id(2).model("a").from(0, 500).streamed(100, 490).record(),
            call().id(3).model("a").ended(Outcome.THROTTLED, "429").record(),
            call().id(4).model("<i>b</i>").ended(Outcome.TIMED_OUT, "timeout").record()));
    assertThat(page(run))
        .contains("id=\"group-tokens\"", "id=\"group-errors\"")
        .contains("id=\"group-extremes\"", "id=\"group-per-token\"")
        .contains(row("a", "4", "25.0", "1 throttled", "3", "250 (n = 2)", "47 (n = 2)"))
        .contains(cells("400", "500", "900", "10 (n = 2)", "100 (n = 2)"))
        .contains(row("&lt;i&gt;b&lt;/i&gt;", "1", "100", "1 timed-out", "0", "–", "–"));
  }

  @Test
  void everyCellOfAHeatMapShowsItsNumberAndItsCount() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(
          call()
              .id(i)
              .requested(i < 3 ? 100 : 400, 50)
              .from(0, 1000)
              .streamed(i < 3 ? 200 : 800, 900)
              .tokens(100, 50)
              .record());
    }
    SampleRuns.write(temp, calls);
    assertThat(page(temp))
        .contains("Time to first token, median by tokens", "Failed calls by tokens")
        .contains("<td style=\"--shade: 0\">200<span class=\"unit\">n = 3</span></td>")
        .contains("<td style=\"--shade: 0.55\">800<span class=\"unit\">n = 3</span></td>");
  }

  @Test
  void aHeatMapHasItsScale() throws IOException {
    SampleRuns.write(
        temp,
        List.of(
            call().id(0).requested(100, 50).from(0, 1000).streamed(200, 900).record(),
            call().id(1).requested(400, 50).from(0, 1000).streamed(800, 900).record()));
    assertThat(page(temp))
        .contains(
            "<p class=\"heat-scale\"><span style=\"--shade: 0\">200</span>"
                + "<span style=\"--shade: 0.138\">350</span>")
        .contains("<span style=\"--shade: 0.55\">800</span></p>")
        .doesNotContain("The darker");
  }

  @Test
  void aRateOfARowWhoseCallsTookTurnsIsNotToldButThatOfAllCallsIs() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(
          call()
              .id(i)
              .label("inputTokens", i % 2 == 0 ? "100" : "400")
              .from(500 * i, 500 * i + 450)
              .streamed(100, 440)
              .tokens(100, 50)
              .record());
    }
    SampleRuns.write(temp, calls);
    new RunFiles(temp)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(20)), Map.of(), List.of()));
    RunReport report = RunReport.of(List.of(temp));
    assertThat(report.statistics().byKey())
        .hasSize(2)
        .allMatch(row -> row.throughput().requestsPerMinute().isEmpty());
    assertThat(report.statistics().overall().throughput().requestsPerMinute()).isPresent();
    assertThat(page(temp)).contains("no rate: " + Throughput.TURNS);
  }

  @Test
  void theConclusionOfALadderSpeaksOfOneLevelAndNoRowPoolsThem() throws IOException {
    RunReport report = RunReport.of(List.of(SampleRuns.ladder(temp)));
    assertThat(report.conclusion().sure())
        .containsPattern("(At the knee|At the greatest level): \\d+ clients?, TTFT p")
        .contains("in all its levels")
        .doesNotContain("is between");
    assertThat(page(temp)).doesNotContain("<span class=\"key\">All calls</span>");
  }

  @Test
  void cellsThatDifferByNoiseAloneLookAlike() throws IOException {
    SampleRuns.write(
        temp,
        List.of(
            call().id(0).requested(100, 50).from(0, 1000).streamed(200, 900).record(),
            call().id(1).requested(400, 50).from(0, 1000).streamed(198, 900).record()));
    assertThat(page(temp))
        .contains("<td style=\"--shade: 0.028\">200<span class=\"unit\">n = 1</span></td>")
        .contains("<td style=\"--shade: 0\">198<span class=\"unit\">n = 1</span></td>");
  }

  @Test
  void aCallThatWasNotStreamedIsAPointOfItsEndAgainstItsTokens() throws IOException {
    SampleRuns.write(temp, List.of(call().id(7).from(0, 900).tokens(120, 60).record()));
    assertThat(page(temp)).contains("\"shown\":[[0,120,null,60,900,7]]");
  }

  @Test
  void onPaperNoTableIsCutAndFoldedOnesAreLeftOut() throws IOException {
    String page = page(SampleRuns.ladder(temp));
    String print = page.substring(page.indexOf("@media print"), page.indexOf("</style>"));
    assertThat(print.replaceAll("\\s+", " "))
        .contains(".scroll, .heat-scroll { overflow: visible; }")
        .contains("#statistics details:not([open]) { display: none; }");
    assertThat(page).contains("<span class=\"on-paper\">Only unfolded tables are printed.</span>");
    assertThat(matches(page, "<details class=\"card\" open>")).isNotEmpty();
  }

  @Test
  void quotasAndUtilisationAreDrawnOnlyIfTheServiceToldThem() throws IOException {
    Path run = temp.resolve("a");
    SampleRuns.write(run, List.of(call().quota(99, 1000, 41.7).record()));
    assertThat(page(run))
        .contains("id=\"time-utilization\"", "id=\"time-requests-left\"")
        .contains("<dd>mean 41.7 %</dd>");
    assertThat(page(SampleRuns.ladder(temp.resolve("b"))))
        .doesNotContain("id=\"time-utilization\"", "id=\"time-requests-left\"")
        .contains("<dd>not reported</dd>");
  }

  @Test
  void whatTheCallsOfEachNameCostIsThereOnlyWithPrices() throws IOException {
    Path run = SampleRuns.cached(temp.resolve("a"));
    assertThat(page(run))
        .contains(
            "Cost of calls, USD", "Cost by what it is for, USD", "Cost of one billed call, USD")
        .contains("Cost of the prompt cache, USD", "price of input − price of cachedInput");
    Files.delete(new RunFiles(run).prices());
    assertThat(page(run))
        .doesNotContain("Cost of calls", "Cost of the prompt cache")
        .contains("id=\"prompt-cache\"");
  }

  @Test
  void aNameThatSaysNothingOfACacheHasDashes() throws IOException {
    assertThat(page(SampleRuns.cached(temp.resolve("a"))))
        .containsPattern(
            "(?s)id=\"prompt-cache\".*<th scope=\"row\">without</th>"
                + "<td class=\"number\" title=\"not reported\">–</td>");
    assertThat(page(SampleRuns.ladder(temp.resolve("b")))).doesNotContain("id=\"prompt-cache\"");
  }

  @Test
  void theSlowestCallsForTheirTokensAreNamed() throws IOException {
    assertThat(page(SampleRuns.ladder(temp)))
        .contains("Slowest for its output", "Alike, yet apart");
  }

  @Test
  void gatlingsReportIsLinkedOnlyIfItIsThere() throws IOException {
    Path run = SampleRuns.ladder(temp);
    assertThat(page(run)).doesNotContain("gatling/index.html");
    Path gatling = new RunFiles(run).gatling();
    Files.createDirectories(gatling);
    Files.writeString(gatling.resolve("index.html"), "");
    assertThat(page(run)).contains("href=\"gatling/index.html\"");
  }

  @Test
  void aRunWithoutCallsHasAPage() throws IOException {
    SampleRuns.write(temp, List.of());
    assertThat(page(temp)).contains("not measured");
  }

  @Test
  void aConnectionThatTookMicrosecondsIsNotSaidToHaveTakenNoTime() throws IOException {
    SampleRuns.write(temp, List.of());
    RunInfo info = SampleRuns.info(Optional.empty(), Map.of(), List.of());
    new RunFiles(temp)
        .writeInfo(
            info.withPreparation(
                new RunInfo.Preparation(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                        new NetworkLatency(
                            "h", 0, 5, List.of(31_000L, 32_000L, 33_000L), List.of())),
                    Optional.empty(),
                    Optional.empty())));

    assertThat(page(temp)).contains("TCP 0.032 ms, median of 3");
  }

  private static String page(Path run) throws IOException {
    StringWriter page = new StringWriter();
    new IndexHtml().write(RunReport.of(List.of(run)), page);
    return page.toString();
  }

  private static String row(String name, String ended, String failed, String how, String... more) {
    return "<tr><th scope=\"row\">"
        + name
        + "</th>"
        + cells(ended, failed)
        + "<td>"
        + how
        + "</td>"
        + cells(more);
  }

  private static String cells(String... texts) {
    return Stream.of(texts)
        .map(text -> "<td class=\"number\">" + text + "</td>")
        .collect(Collectors.joining());
  }

  private static List<String> matches(String text, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
