package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.CallWindows;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does with a page, in a real browser; left out where there is none. */
class PageInBrowserTest {

  private static final String CHAT = "chat [tier=gold]";
  private static final String N_OF_TTFT = "#selection tr[data-field=ttftMillis] td";

  @TempDir private static Path temp;

  private static Browser browser;
  private static Path page;
  private static Path manyPage;
  private static List<CallRecord> calls;
  private static List<CallRecord> many;

  @BeforeAll
  static void startsOnce() throws IOException {
    Optional<Path> program = Browser.program();
    assumeTrue(
        program.isPresent(),
        "no Chromium or Chrome in /usr/bin: what readers do with a page is not tested");
    browser = new Browser(program.get(), temp.resolve("profile"), 1400, 900);
    calls = calls(600);
    many = calls(CallWindows.MOST_CALLS + 200);
    page = page("few", calls);
    manyPage = page("many", many);
  }

  @AfterAll
  static void ends() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opening costs a second of the processor: a page that was used is put as it was. */
  @BeforeEach
  void opens() throws IOException {
    if (!page.toUri().toString().equals(browser.text("location.href"))) {
      browser.open(page.toUri());
    }
    browser.value(
        "if (!document.getElementById('window-reset').disabled) { TimeWindow.clear(); }"
            + " document.querySelectorAll('.chart-tools[open]').forEach(tools => { tools.open ="
            + " false; }); document.activeElement.blur(); getSelection().removeAllRanges()");
  }

  /** Two names in a minute, with every kind of end. */
  private static List<CallRecord> calls(int n) {
    Random random = new Random(7);
    List<CallRecord> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double start = 60_000.0 * i / n;
      double ttft = 200 * Math.exp(0.5 * random.nextGaussian());
      int tokens = 20 + random.nextInt(100);
      double last = ttft + tokens * 12;
      CallFixture one =
          call()
              .id(i)
              .name(i % 3 == 0 ? "search" : "chat")
              .label("tier", i % 3 == 0 ? "silver" : "gold")
              .from(start, start + last + 4)
              .arrival(start - random.nextInt(4))
              .streamed(ttft, last);
      if (n < 1000) {
        // Thousands of points with these numbers would be most of the work of drawing the page.
        one.tokens(300 + random.nextInt(50), tokens);
      }
      all.add(
          switch (i % 50) {
            case 7 -> one.ended(Outcome.THROTTLED, "429").record();
            case 11 -> one.ended(Outcome.TIMED_OUT, "timeout").record();
            default -> one.record();
          });
    }
    return all;
  }

  private static Path page(String name, List<CallRecord> records) throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, records);
    Path file = folder.resolve("index.html");
    Files.writeString(file, new IndexHtml().text(RunReport.of(List.of(folder))));
    return file;
  }

  @Test
  void aWindowDrawnOverAChartChangesTheNumbersOfTheTables() throws IOException {
    assertThat(browser.value("document.querySelector('#selection') === null").asBoolean()).isTrue();
    browser.value("document.getElementById('time-load').scrollIntoView({block: 'center'})");
    double left = pixel("left");
    double right = pixel("right");
    browser.drag(left + (right - left) / 4, left + (right - left) / 2, pixel("middle"));
    double from = browser.value("Number(document.querySelector('.handle.from').value)").asDouble();
    double to = browser.value("Number(document.querySelector('.handle.to').value)").asDouble();
    assertThat(from).isCloseTo(15, within(1.0));
    assertThat(to).isCloseTo(30, within(1.0));
    List<CallRecord> inside = started(calls, from, to);
    assertThat(browser.text("document.querySelector('#window .span').textContent"))
        .endsWith(inside.size() + " of 600 calls started");
    assertShown(expected("drawn", inside));
    assertThat(browser.value("Charts.shown.get('time-load').xAxis.min === " + from).asBoolean())
        .isTrue();
    browser.value("document.getElementById('window-reset').click()");
    assertThat(browser.value("document.querySelector('#selection') === null").asBoolean()).isTrue();
  }

  @Test
  void aNameAndALabelChooseTheCalls() throws IOException {
    choose("call", "search");
    assertShown(
        expected("search", calls.stream().filter(one -> one.name().equals("search")).toList()));
    assertThat(browser.text("[...document.querySelectorAll('[data-picker]')].at(-1).value"))
        .as("the charts are of the only name that fits")
        .isEqualTo("1");
    choose("call", "");
    choose("tier", "gold");
    assertShown(expected("gold", calls.stream().filter(one -> one.name().equals("chat")).toList()));
    assertThat(
            browser.text(
                "[...document.querySelectorAll('#statistics > details:not([hidden]) .key')]"
                    + ".map(key => key.textContent).join('|')"))
        .isEqualTo(CHAT + "|All calls");
  }

  @Test
  void tilesTellTheWindowFromTheRun() throws IOException {
    browser.value("TimeWindow.set(0, 30); TimeWindow.show()");
    String tiles =
        browser.text(
            "[...document.querySelectorAll('.tile')].map(tile => tile.querySelector('.label')"
                + ".textContent.trim() + ': ' + tile.querySelector('.windowed').textContent)"
                + ".join('\\n')");
    CallStatistics half = statistics("half", started(calls, 0, 30));
    assertThat(tiles)
        .contains("Calls started: selected: 300, 12 failed")
        .contains(
            "TTFT p50: selected: "
                + Figures.number(half.of(Measure.TTFT).median())
                + " ms, n = "
                + half.of(Measure.TTFT).n())
        .contains("Completed rpm: whole run");
  }

  @Test
  void ofManyCallsNumbersAreExactAndPercentilesNearlySo() throws IOException {
    browser.open(manyPage.toUri());
    browser.value("TimeWindow.set(16, 32); TimeWindow.show()");
    CallStatistics inside = statistics("inside", started(many, 16, 32));
    List<String> cells =
        texts(
            browser.value(
                "[...document.querySelectorAll('" + N_OF_TTFT + "')].map(td => td.textContent)"));
    assertThat(cells.get(0)).isEqualTo(Figures.count(inside.of(Measure.TTFT).n()));
    assertThat(cells.get(1)).isEqualTo(Figures.number(inside.of(Measure.TTFT).mean()));
    assertNear(cells.get(2), inside, Quantile.P50);
    assertNear(cells.get(5), inside, Quantile.P95);
    assertNear(cells.get(6), inside, Quantile.P99);
    assertThat(browser.text("document.querySelector('#selection .hint').textContent"))
        .contains("Percentiles are accurate to ±1 %");
  }

  private static void assertNear(String cell, CallStatistics calls, Quantile quantile) {
    double exact = calls.of(Measure.TTFT).at(quantile).orElseThrow();
    // The cell itself is rounded to a whole number from 100 on.
    assertThat(Double.parseDouble(cell.replace(",", "")))
        .as(quantile.label())
        .isCloseTo(exact, within(0.01 * exact + 0.5));
  }

  @Test
  void theHandlesMoveByKey() throws IOException {
    browser.value("document.querySelector('.handle.to').focus()");
    browser.press("ArrowLeft");
    browser.press("ArrowLeft");
    browser.value("document.querySelector('.handle.from').focus()");
    browser.press("ArrowRight");
    browser.value("TimeWindow.show()");
    double step = browser.value("Number(document.querySelector('.handle.to').step)").asDouble();
    double end = browser.value("Number(document.querySelector('.handle.to').max)").asDouble();
    assertThat(browser.value("Number(document.querySelector('.handle.from').value)").asDouble())
        .isCloseTo(step, within(1e-6));
    assertThat(browser.value("Number(document.querySelector('.handle.to').value)").asDouble())
        .isCloseTo(end - 2 * step, within(1e-6));
    assertThat(browser.text("document.querySelector('" + N_OF_TTFT + "').textContent"))
        .isEqualTo(
            Figures.count(
                statistics("keys", started(calls, step, end - 2 * step)).of(Measure.TTFT).n()));
  }

  @Test
  void theKeyboardReachesEveryControlAndShowsIt() throws IOException {
    browser.value(
        "window.reached = new Set(); window.unseen = []; document.addEventListener('focusin', "
            + "event => { reached.add(event.target); const seen = getComputedStyle(event.target);"
            + " if (!event.target.matches('.handle') && seen.outlineStyle === 'none')"
            + " unseen.push(event.target.outerHTML.slice(0, 100)); })");
    browser.value("document.querySelector('#time .chart-tools').open = true");
    int controls = browser.value(controls() + ".length").asInt();
    // The page itself and the browser are a stop each.
    for (int i = 0; i < controls + 2; i++) {
      browser.press("Tab");
    }
    assertThat(
            texts(
                browser.value(
                    controls()
                        + ".filter(item => !reached.has(item)).map(item => item.outerHTML.slice(0,"
                        + " 100))")))
        .isEmpty();
    assertThat(texts(browser.value("unseen"))).isEmpty();
    assertThat(controls).isGreaterThan(60);
  }

  private static String controls() {
    return "[...document.querySelectorAll('a[href], button, input, select, summary,"
        + " [tabindex=\"0\"]')].filter(item => item.checkVisibility() && !item.disabled)";
  }

  @Test
  void everyChartHasItsDataBehindItAndIsToldInWords() throws IOException {
    assertThat(
            texts(
                browser.value(
                    "[...document.querySelectorAll('.plot')].filter(plot =>"
                        + " !plot.closest('figure').hidden).filter(plot => {"
                        + " const tools = plot.parentElement.querySelector('.chart-tools');"
                        + " tools.open = true; tools.dispatchEvent(new Event('toggle'));"
                        + " return !tools.querySelector('tbody tr') && !Charts.shown.get(plot.id).graphic;"
                        + "}).map(plot => plot.id)")))
        .isEmpty();
    assertThat(browser.text("document.getElementById('time-load').getAttribute('aria-label')"))
        .startsWith("Chart: Calls started and completed, 1/min. ")
        .contains("started, 1/min: from ", "All values are under");
    assertThat(
            browser.text(
                "Tools.csv(Tools.table(Charts.shown.get('time-load'))).split('\\r\\n')[0]"))
        .isEqualTo("\"since the start of the run, s\",\"started, 1/min\",\"completed, 1/min\"");
  }

  @Test
  void aSeriesIsSwitchedOffByKeyAndStaysOff() throws IOException {
    browser.value(
        "document.querySelector('#time-load').parentElement.querySelector('.chart-tools').open ="
            + " true");
    browser.value(
        "new Promise(done => setTimeout(() => { document.querySelector('#time-load').parentElement"
            + ".querySelector('[data-series=started]').focus(); done(); }))");
    browser.press(" ");
    browser.value("Charts.redraw()");
    assertThat(
            browser
                .value("Charts.shown.get('time-load').legend.selected.started === false")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aChartBecomesAnImageWithItsTitle() throws IOException {
    assertThat(
            browser.text(
                "Tools.png('time-load').then(blob => createImageBitmap(blob)).then(image =>"
                    + " image.width > 600 && image.height > 500 ? 'image' : 'small')"))
        .isEqualTo("image");
  }

  @Test
  void aDefinitionOpensByKey() throws IOException {
    browser.value(
        "[...document.querySelectorAll('.tile .term')].find(term => term.textContent.trim() ==="
            + " 'TTFT p50').focus()");
    assertThat(browser.text("document.getElementById('definition').textContent"))
        .isEqualTo(Measure.TTFT.definition());
    assertThat(browser.value("document.getElementById('definition').hidden").asBoolean()).isFalse();
    browser.press("Escape");
    assertThat(browser.value("document.getElementById('definition').hidden").asBoolean()).isTrue();
  }

  @Test
  void aWindowOfTheWholeRunGrowsWithTheRun() throws IOException {
    double before = browser.value("Number(document.querySelector('.handle.to').max)").asDouble();
    browser.value(
        "(() => { const {startSeconds, widthSeconds} = Charts.data().keys[0].series;"
            + " startSeconds.push(startSeconds.at(-1) + widthSeconds);"
            + " document.dispatchEvent(new CustomEvent('renewed')); })()");
    double after = browser.value("Number(document.querySelector('.handle.to').max)").asDouble();
    double to = browser.value("Number(document.querySelector('.handle.to').value)").asDouble();
    String text = browser.text("document.querySelector('#window .span').textContent");
    browser.open(page.toUri());
    assertThat(after).isGreaterThan(before);
    assertThat(to).isEqualTo(after);
    assertThat(text).startsWith("whole run");
  }

  @Test
  void aPhoneNeedsNoScrollingSideways() throws IOException {
    browser.size(390, 800);
    browser.value("TimeWindow.set(10, 20); TimeWindow.show()");
    int width = browser.value("document.documentElement.scrollWidth").asInt();
    browser.size(1400, 900);
    assertThat(width).isLessThanOrEqualTo(390);
  }

  @Test
  void nothingIsFetchedAndNothingBreaks() throws IOException {
    browser.value("TimeWindow.set(10, 20); TimeWindow.show(); Tools.png('ttft').then(() => 1)");
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
    assertThat(browser.errors()).isEmpty();
  }

  private static double pixel(String what) throws IOException {
    return browser
        .value(
            "(() => { const box = document.getElementById('time-load').getBoundingClientRect();"
                + " const chart = Charts.charts.get('time-load');"
                + " const x = seconds => box.left + chart.convertToPixel({xAxisIndex: 0}, seconds);"
                + " return {left: x(0), right: x(60), middle: box.top + 120}."
                + what
                + "; })()")
        .asDouble();
  }

  private static void choose(String filter, String value) throws IOException {
    browser.value(
        "(() => { const box = document.querySelector('[data-filter="
            + filter
            + "]'); box.value = '"
            + value
            + "'; box.dispatchEvent(new Event('change')); })()");
  }

  private static List<CallRecord> started(List<CallRecord> all, double from, double to) {
    return all.stream()
        .filter(one -> one.times().start().orElseThrow() >= Math.round(from * 1e9))
        .filter(one -> one.times().start().orElseThrow() < Math.round(to * 1e9))
        .toList();
  }

  private static CallStatistics statistics(String name, List<CallRecord> records)
      throws IOException {
    Path folder = temp.resolve("expected-" + name);
    SampleRuns.write(folder, records);
    return RunReport.of(List.of(folder)).statistics().overall();
  }

  /** The rows of the page's own tables for a run of just these calls, without inter-chunk ones. */
  private static Map<String, List<String>> expected(String name, List<CallRecord> records)
      throws IOException {
    Path folder = temp.resolve("expected-" + name);
    SampleRuns.write(folder, records);
    List<StatisticsTable> all = StatisticsTable.of(RunReport.of(List.of(folder)));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    all.get(all.size() - 1).parts().stream()
        .flatMap(part -> part.rows().stream())
        .forEach(row -> rows.put(row.get(0).text(), row.stream().skip(1).map(Cell::text).toList()));
    rows.remove(Measure.INTER_CHUNK.label());
    return rows;
  }

  /** To one unit of the last digit: the page's values are rounded to a thousandth. */
  private static void assertShown(Map<String, List<String>> expected) throws IOException {
    Map<String, List<String>> shown = shown();
    assertThat(shown.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (measure, cells) -> {
          List<String> found = shown.get(measure);
          assertThat(found).as(measure).hasSameSizeAs(cells);
          for (int i = 0; i < cells.size(); i++) {
            assertSame(measure, found.get(i), cells.get(i));
          }
        });
  }

  private static void assertSame(String measure, String found, String expected) {
    if (!found.equals(expected)) {
      BigDecimal value = new BigDecimal(expected.replaceAll("[>, ]", ""));
      assertThat(new BigDecimal(found.replaceAll("[>, ]", "")))
          .as("%s: %s, %s", measure, found, expected)
          .isCloseTo(value, within(value.ulp()));
    }
  }

  private static Map<String, List<String>> shown() throws IOException {
    JsonNode rows =
        browser.value(
            "[...document.querySelectorAll('#selection tbody tr')].map(row => [...row.children]"
                + ".map(cell => cell.cloneNode(true)).map(cell => { cell.querySelectorAll('.unit,"
                + " .for-ears').forEach(part => part.remove()); return cell.textContent.trim();"
                + " }))");
    Map<String, List<String>> shown = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          List<String> cells = texts(row);
          shown.put(cells.get(0), cells.subList(1, cells.size()));
        });
    return shown;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
