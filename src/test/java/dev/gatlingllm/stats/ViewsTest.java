package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private final StatisticsCollector calls = collector();

  @Test
  void levelsAreInTheOrderOfTheirNumbersWhateverTheCallsAreNamed() {
    add("chat", "16 clients", 300);
    add("chat", "4 clients", 200);
    add("summarise", "4 clients", 100);
    add("chat", "1 client", 50);
    List<GroupStatistics> levels = views().levels();
    assertThat(levels)
        .extracting(level -> level.grouping().level())
        .containsExactly("1", "4", "16");
    assertThat(levels.get(1).counts().succeeded()).isEqualTo(2);
    assertThat(levels.get(1).of(Measure.TTFT).median()).hasValue(150);
  }

  @Test
  void whatCallsDoNotDifferInGivesNoView() {
    add("chat", "4 clients", 200);
    add("summarise", "4 clients", 100);
    Views views = views();
    assertThat(views.levels()).isEmpty();
    assertThat(views.groups()).isEmpty();
    assertThat(views.places()).isEmpty();
    assertThat(views.grid()).isEmpty();
    assertThat(views.fits()).isEmpty();
  }

  @Test
  void aScenarioWithoutALatencyModeIsAGroupOfItsOwn() {
    add("chat", "nova | us-east-2 | optimized", 200);
    add("chat", "nova | us-east-2 | none", 300);
    calls.add(call().name("chat").record(), 0);
    assertThat(views().groups())
        .extracting(grouping -> grouping.grouping().parts())
        .containsExactly(
            List.of("gpt-4o", "us-east-2", "optimized"),
            List.of("gpt-4o", "us-east-2", "none"),
            List.of("gpt-4o", "", ""));
  }

  @Test
  void aFailedCallThatKnowsNoRegionIsOfTheOnlyOneThereIs() {
    calls.add(call().served(200, "", "swedencentral", "").record(), 0);
    calls.add(call().ended(Outcome.THROTTLED, "429").record(), 0);
    calls.add(call().label("model", "other").served(200, "", "eu", "").record(), 0);
    List<GroupStatistics> groups = views().groups();
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).counts().started()).isEqualTo(2);
    assertThat(groups.get(0).grouping().region()).isEqualTo("swedencentral");
  }

  @Test
  void theBestCallPerTokenNeedNotBeTheFastest() {
    calls.add(call().model("a").from(0, 400).tokens(10, 4).record(), 0);
    calls.add(call().model("a").from(0, 900).tokens(10, 90).record(), 0);
    calls.add(call().model("a").from(0, 300).tokens(10, 0).record(), 0);
    calls.add(
        call().model("a").from(0, 5000).tokens(10, 1).ended(Outcome.BROKEN, "cut").record(), 0);
    calls.add(call().model("b").from(0, 300).ended(Outcome.THROTTLED, "429").record(), 0);
    List<GroupStatistics> groups = views().groups();
    assertThat(groups.get(0).of(Measure.E2E).min()).hasValue(300);
    assertThat(groups.get(0).perToken())
        .isEqualTo(new PerToken(2, OptionalDouble.of(10), OptionalDouble.of(100)));
    assertThat(groups.get(1).perToken())
        .isEqualTo(new PerToken(0, OptionalDouble.empty(), OptionalDouble.empty()));
  }

  @Test
  void failuresOfAGroupAreCountedByKind() {
    calls.add(call().model("a").record(), 0);
    calls.add(call().model("b").ended(Outcome.THROTTLED, "429").record(), 0);
    calls.add(call().model("b").ended(Outcome.THROTTLED, "429").record(), 0);
    calls.add(call().model("b").ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    calls.add(call().model("b").ended(Outcome.UNFINISHED, "").record(), 0);
    List<GroupStatistics> groups = views().groups();
    assertThat(groups.get(0).counts().failures()).isEmpty();
    assertThat(groups.get(1).counts().failures())
        .containsExactly(entry(Outcome.THROTTLED, 2L), entry(Outcome.TIMED_OUT, 1L));
  }

  @Test
  void modelsAndRegionsAreAGridIfThereAreTwoOfBoth() {
    calls.add(call().label("model", "a").served(200, "", "eu", "").record(), 0);
    calls.add(call().label("model", "b").served(200, "", "us", "").record(), 0);
    assertThat(views().places()).hasSize(2);
  }

  @Test
  void everyCellOfAGridSaysHowManyCallsItHas() {
    for (int input : new int[] {100, 500}) {
      for (int output : new int[] {50, 200}) {
        calls.add(cell(input, output, 10 * input), 0);
        calls.add(cell(input, output, 10 * input + 2), 0);
      }
    }
    calls.add(call().requested(500, 200).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    TokenGrid grid = views().grid().orElseThrow();
    assertThat(grid.inputs()).containsExactly("100", "500");
    assertThat(grid.outputs()).containsExactly("50", "200");
    TokenGrid.Cell last = grid.cells().get(3);
    assertThat(last.ended()).isEqualTo(3);
    assertThat(last.failed()).isEqualTo(1);
    assertThat(last.ttft().n()).isEqualTo(2);
    assertThat(last.ttft().median().getAsDouble()).isCloseTo(5001, within(0.001));
  }

  @Test
  void manySizesShareRangesSoThatTheMemoryIsBounded() {
    for (int i = 1; i <= 1000; i++) {
      calls.add(cell(i, 2 * i, 10), 0);
    }
    TokenGrid grid = views().grid().orElseThrow();
    assertThat(grid.inputs()).startsWith("1", "2", "3–4", "5–8").endsWith("513–1024");
    assertThat(grid.outputs()).hasSize(11);
    assertThat(grid.cells().stream().mapToLong(TokenGrid.Cell::ended).sum()).isEqualTo(1000);
  }

  /** The thirteenth size, of the input or of the output, makes ranges of the sizes. */
  @Test
  void twelveSizesAreRowsOrColumnsOfTheirOwn() {
    for (boolean rows : new boolean[] {true, false}) {
      StatisticsCollector sizes = collector();
      for (int size = 1; size <= 12; size++) {
        sizes.add(rows ? cell(size, 5, 10) : cell(5, size, 10), 0);
      }
      TokenGrid grid = sizes.result().views().grid().orElseThrow();
      assertThat(rows ? grid.inputs() : grid.outputs()).hasSize(12).endsWith("12");
      assertThat(rows ? grid.outputs() : grid.inputs()).containsExactly("5");
      sizes.add(rows ? cell(13, 5, 10) : cell(5, 13, 10), 0);
      grid = sizes.result().views().grid().orElseThrow();
      assertThat(rows ? grid.inputs() : grid.outputs())
          .containsExactly("1", "2", "3–4", "5–8", "9–16");
      assertThat(rows ? grid.outputs() : grid.inputs()).containsExactly("5–8");
    }
  }

  @Test
  void aRangeHasTheCallsOfAllItsSizes() {
    for (int size = 1; size <= 12; size++) {
      calls.add(cell(size, 5, 100 * size), 0);
      calls.add(call().requested(size, 5).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
      calls.add(call().requested(size, 5).ended(Outcome.UNFINISHED, "").record(), 0);
    }
    calls.add(cell(13, 5, 1300), 0);
    TokenGrid.Cell last = views().grid().orElseThrow().cells().get(4);
    assertThat(last.input()).isEqualTo(4);
    assertThat(last.output()).isZero();
    assertThat(last.ended()).isEqualTo(9);
    assertThat(last.failed()).isEqualTo(4);
    assertThat(last.ttft().n()).isEqualTo(5);
    assertThat(last.ttft().median()).hasValue(1100);
    assertThat(last.ttlt().median()).hasValue(50_000);
    // 8 intervals in 50 s less the TTFT of 1.1 s.
    assertThat(last.tokensPerSecond().median().orElseThrow()).isCloseTo(8 / 48.9, within(1e-9));
  }

  @Test
  void aCellOfAtMostAThousandCallsIsExactAndOneOfMoreIsCounted() {
    calls.add(cell(2, 5, 100), 0);
    calls.add(call().requested(1, 5).from(0, 1).streamed(0.5, 0.9).tokens(1, 9).record(), 0);
    for (int i = 0; i < 999; i++) {
      calls.add(cell(1, 5, 1234.5), 0);
    }
    List<Double> exactly = medians();
    calls.add(
        call().requested(1, 5).from(0, 90_000).streamed(2000, 88_000).tokens(1, 9).record(), 0);
    assertThat(exactly.get(0)).isEqualTo(1234.5);
    assertThat(medians()).doesNotContainAnyElementsOf(exactly);
  }

  private List<Double> medians() {
    return firstCell().stream().map(values -> values.median().orElseThrow()).toList();
  }

  private List<Distribution> firstCell() {
    TokenGrid.Cell cell = views().grid().orElseThrow().cells().get(0);
    return List.of(cell.ttft(), cell.ttlt(), cell.tokensPerSecond());
  }

  @Test
  void aCallWithoutBothSizesOrThatWasNeverSentIsInNoCell() {
    calls.add(cell(1, 5, 100), 0);
    calls.add(cell(2, 5, 100), 0);
    calls.add(call().label("inputTokens", "3").record(), 0);
    calls.add(call().label("outputTokens", "3").record(), 0);
    calls.add(call().requested(3, 5).label("inputTokens", "many").record(), 0);
    calls.add(call().requested(3, 5).neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    assertThat(views().grid().orElseThrow().cells()).hasSize(2);
  }

  @Test
  void levelsWithoutANumberComeLast() {
    add("a", "1 client", 100);
    calls.add(call().label("clients", "many").record(), 0);
    calls.add(call().label("clients", "2.5").record(), 0);
    assertThat(views().levels())
        .extracting(level -> level.grouping().level())
        .containsExactly("1", "2.5", "many");
  }

  @Test
  void aCallOfNoLevelIsNotCompared() {
    add("chat", "1 client", 100);
    calls.add(call().record(), 0);
    assertThat(views().levels()).isEmpty();
  }

  @Test
  void aModelOfTwoRegionsLeavesAFailedCallWhereItIs() {
    calls.add(call().served(200, "", "eu", "").record(), 0);
    calls.add(call().served(200, "", "us", "").record(), 0);
    calls.add(call().ended(Outcome.THROTTLED, "429").record(), 0);
    assertThat(views().groups())
        .extracting(grouping -> grouping.grouping().region())
        .containsExactly("eu", "us", "");
  }

  @Test
  void oneModelOrOneRegionIsNoGrid() {
    calls.add(call().model("a").served(200, "", "eu", "").record(), 0);
    calls.add(call().model("b").served(200, "", "eu", "").record(), 0);
    assertThat(views().places()).isEmpty();
    StatisticsCollector oneModel = collector();
    oneModel.add(call().served(200, "", "eu", "").record(), 0);
    oneModel.add(call().served(200, "", "us", "").record(), 0);
    assertThat(oneModel.result().views().places()).isEmpty();
  }

  @Test
  void aFacetHasTheBoxAndTheBinsOfWhatIsDrawn() {
    calls.add(call().model("a").from(0, 400).tokens(10, 4).record(), 0);
    calls.add(call().model("b").from(0, 400).tokens(10, 4).record(), 0);
    GroupStatistics grouping = views().groups().get(0);
    assertThat(grouping.boxOf(Measure.E2E).outliers()).containsExactly(400.0);
    assertThat(grouping.binsOf(Measure.E2E).counts()).containsExactly(1L);
    assertThat(grouping.boxOf(Measure.TTFT)).isEqualTo(Box.NONE);
    assertThat(grouping.boxOf(Measure.INPUT_TOKENS)).isEqualTo(Box.NONE);
    assertThat(grouping.binsOf(Measure.INPUT_TOKENS)).isEqualTo(Bins.NONE);
    assertThat(grouping.of(Measure.INPUT_TOKENS).median()).hasValue(10);
    assertThat(grouping.throughput().wallSeconds()).hasValue(0.4);
  }

  @Test
  void aLineNeedsTenCallsAndMoreThanOneSize() {
    for (int i = 0; i < 9; i++) {
      calls.add(call().from(0, 1000 + i).tokens(i, 10).record(), 0);
      calls.add(call().from(0, 1000 + i).record(), 0);
    }
    assertThat(views().fits()).isEmpty();
    calls.add(call().from(0, 1009).tokens(9, 10).record(), 0);
    LineFit fit = views().fits().get(0);
    assertThat(views().fits()).hasSize(1);
    assertThat(fit.n()).isEqualTo(10);
    assertThat(fit.at(100)).isCloseTo(1100, within(1e-6));
  }

  @Test
  void theLineThroughPointsOnALineIsThatLine() {
    for (int i = 0; i < 20; i++) {
      calls.add(
          call().from(0, 1000).streamed(100 + 0.5 * i, 900).tokens(i, 10 + i % 3).record(), 0);
    }
    LineFit fit = views().fits().get(0);
    assertThat(fit.y()).isEqualTo(Measure.TTFT);
    assertThat(fit.n()).isEqualTo(20);
    assertThat(fit.slope()).isCloseTo(0.5, within(1e-6));
    assertThat(fit.intercept()).isCloseTo(100, within(1e-6));
    assertThat(fit.r()).isCloseTo(1, within(1e-9));
    assertThat(views().fits()).hasSize(1);
  }

  @Test
  void whiskersReachToTheLastValuesThatAreNear() {
    double[] values = new double[21];
    for (int i = 0; i < 20; i++) {
      values[i] = i;
    }
    values[20] = 1000;
    Box box = Box.of(SortedValues.sort(values, 21));
    assertThat(box.five()).containsExactly(0.0, 5.0, 10.0, 15.0, 19.0);
    assertThat(box.outliers()).containsExactly(1000.0);
    assertThat(box.beyond()).isEqualTo(1);
  }

  /** Quartiles 5 and 15 of 0 to 20: the whiskers may reach from -10 to 30. */
  @Test
  void aValueAtTheEndOfTheReachIsNoOutlier() {
    double[] values = new double[21];
    for (int i = 0; i < 21; i++) {
      values[i] = i;
    }
    values[0] = -10;
    values[20] = 30;
    Box box = Box.of(SortedValues.sort(values, 21));
    assertThat(box.five()).containsExactly(-10.0, 5.0, 10.0, 15.0, 30.0);
    assertThat(box.outliers()).isEmpty();
    values[0] = -10.5;
    values[20] = 30.5;
    assertThat(Box.of(SortedValues.sort(values, 21)).outliers()).containsExactly(-10.5, 30.5);
  }

  @Test
  void twentyValuesHaveABox() {
    double[] values = new double[20];
    assertThat(Box.of(SortedValues.sort(values, 20)).five()).hasSize(5);
    assertThat(Box.of(SortedValues.sort(values, 19)).five()).isEmpty();
  }

  @Test
  void anOutlierBelowIsOneToo() {
    double[] values = new double[21];
    values[0] = -1;
    Box box = Box.of(SortedValues.sort(values, 21));
    assertThat(box.outliers()).containsExactly(-1.0);
    assertThat(box.beyond()).isEqualTo(1);
  }

  @Test
  void ofFewValuesEachIsShownAndThereIsNoBox() {
    Box box = Box.of(SortedValues.sort(new double[] {3, 1, 2}, 3));
    assertThat(box.five()).isEmpty();
    assertThat(box.outliers()).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void ofManyOutliersTheGreatestAreKeptAndAllAreCounted() {
    double[] values = new double[1000];
    for (int i = 0; i < 1000; i++) {
      values[i] = i < 800 ? 10 + i * 1e-3 : 100 + i;
    }
    Box box = Box.of(SortedValues.sort(values, 1000));
    assertThat(box.beyond()).isEqualTo(200);
    assertThat(box.outliers()).hasSize(100).startsWith(1000.0).endsWith(1099.0);
  }

  private static CallRecord cell(int input, int output, double ttft) {
    return call()
        .requested(input, output)
        .from(0, 60_000)
        .streamed(ttft, 50_000)
        .tokens(input, 9)
        .record();
  }

  private void add(String name, String group, double ttft) {
    calls.add(call().name(name, group).from(0, 1000).streamed(ttft, 900).record(), 0);
  }

  private static StatisticsCollector collector() {
    return new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
  }

  private Views views() {
    return calls.result().views();
  }
}
