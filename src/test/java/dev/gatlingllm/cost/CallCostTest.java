package dev.gatlingllm.cost;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCostTest {

  private static final long HALF_AN_HOUR = 1_800_000_000_000L;

  @TempDir private Path temp;

  private final CallCostTally tally = new CallCostTally();

  @Test
  void eachLevelOfALadderHasItsOwnCost() throws IOException {
    CallCosts costs =
        costs(
            "{model = \"*\", perMillion {input = 1, output = 10}}",
            call().name("chat", "ladder", "level 1").tokens(100, 10).record(),
            call().name("chat", "ladder", "level 2").tokens(100, 20).record(),
            call().name("chat", "ladder", "level 2").tokens(100, 30).record());
    assertThat(costs.byKey())
        .extracting(cost -> cost.key().path())
        .containsExactly("ladder / level 1 / chat", "ladder / level 2 / chat");
    CallCost second = costs.byKey().get(1);
    assertThat(second.total().orElseThrow()).isEqualByComparingTo("0.0007");
    assertThat(second.perCall().orElseThrow()).isEqualByComparingTo("0.00035");
    assertThat(second.perThousandCalls().orElseThrow()).isEqualByComparingTo("0.35");
    assertThat(second.perMillionOutputTokens().orElseThrow()).isEqualByComparingTo("14");
    assertThat(costs.all().total().orElseThrow()).isEqualByComparingTo("0.0009");
  }

  @Test
  void theAmountsOfTheNamesAddUpToThatOfTheRunWithoutItsHours() throws IOException {
    Prices prices =
        prices(
            "{model = \"*\", perMillion {input = 0.1, cachedInput = 0.03, output = 0.7},"
                + " perRequest {guard = 0.0001}, perHour = 3}");
    CostTally run = new CostTally(prices, tally);
    BigDecimal oneByOne = BigDecimal.ZERO;
    for (int i = 0; i < 1000; i++) {
      CallRecord call =
          call().id(i).name("n" + i % 7).tokens(100 + i % 13, i % 5).cached(i % 11, 0).record();
      run.add(call);
      oneByOne = oneByOne.add(prices.of(call).orElseThrow());
    }
    CallCosts costs = result();
    Cost cost = run.result(OptionalLong.of(HALF_AN_HOUR));
    assertThat(costs.byKey()).hasSize(7);
    assertThat(Amounts.sum(costs.byKey().stream().map(name -> name.total().orElseThrow()).toList()))
        .isEqualByComparingTo(costs.all().total().orElseThrow())
        .isEqualByComparingTo(oneByOne)
        .isEqualByComparingTo(cost.total().subtract(cost.ofTime()));
    assertThat(cost.ofTime()).isEqualByComparingTo("1.5");
    assertThat(costs.all().perRequest().orElseThrow()).isEqualByComparingTo("0.1");
    assertThat(costs.all().parts()).containsOnlyKeys("input", "cachedInput", "output", "guard");
  }

  @Test
  void percentilesOfTheCostOfACallNeedAsManyCallsAsOthers() throws IOException {
    CallRecord[] calls = new CallRecord[60];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = call().id(i).tokens(0, i + 1).record();
    }
    Distribution amounts =
        costs("{model = \"*\", perMillion {output = 1}}", calls).all().ofOneCall();
    assertThat(amounts.n()).isEqualTo(60);
    assertThat(amounts.median().orElseThrow()).isCloseTo(30.5e-6, withinPercentage(1e-9));
    assertThat(amounts.at(Quantile.P90).orElseThrow()).isCloseTo(54.1e-6, withinPercentage(1e-9));
    assertThat(amounts.at(Quantile.P95)).isEmpty();
    assertThat(amounts.max()).hasValue(60e-6);
  }

  @Test
  void whatReadsOfACacheSaveIsTheirDiscountAndTheNetHasTheSurchargeOfWritesInIt()
      throws IOException {
    CacheCost cache =
        costs(
                "{model = \"*\", perMillion {input = 3, cachedInput = 0.3, cacheWrite = 3.75}}",
                call().tokens(1_100_000, 5).cached(0, 1_000_000).record(),
                call().tokens(1_100_000, 5).cached(1_000_000, 0).record())
            .all()
            .cache()
            .orElseThrow();
    assertThat(cache.writing()).isEqualByComparingTo("3.75");
    assertThat(cache.saved()).isEqualByComparingTo("2.7");
    assertThat(cache.net()).isEqualByComparingTo("1.95");
  }

  @Test
  void aNameThatSaysNothingOfACacheHasNoCostOfOne() throws IOException {
    CallCosts costs =
        costs(
            "{model = \"*\", perMillion {input = 3}}",
            call().name("a").tokens(10, 5).record(),
            call().name("b").tokens(10, 5).cached(0, 0).record());
    assertThat(costs.byKey().get(0).cache()).isEmpty();
    assertThat(costs.byKey().get(1).cache().orElseThrow().saved()).isEqualByComparingTo("0");
  }

  @Test
  void hitsAndMissesOfOneScenarioAreShownTogetherToo() throws IOException {
    CallCosts costs =
        costs(
            "{model = \"*\", perMillion {input = 1}}",
            call().label("cache", "hit").tokens(1, 5).record(),
            call().label("cache", "miss").tokens(2, 5).record(),
            call().name("other").tokens(4, 5).record());
    assertThat(costs.byKey()).hasSize(3);
    assertThat(costs.hitsAndMisses())
        .singleElement()
        .satisfies(
            both -> {
              assertThat(both.key().path()).isEqualTo("chat");
              assertThat(both.total().orElseThrow()).isEqualByComparingTo("0.000003");
            });
  }

  @Test
  void aNameWithoutAPriceHasNoCostRatherThanNone() throws IOException {
    CallCosts costs =
        costs(
            "{model = gpt-4o, perMillion {output = 1}}",
            call().name("a").tokens(10, 5).model("other").record(),
            call().name("b").ended(Outcome.THROTTLED, "429").record(),
            call().name("b").tokens(10, 5).record());
    assertThat(costs.byKey().get(0).total()).isEmpty();
    assertThat(costs.byKey().get(0).withoutPrice()).isEqualTo(1);
    assertThat(costs.byKey().get(1).total().orElseThrow()).isEqualByComparingTo("0.000005");
    assertThat(costs.byKey().get(1).billed()).isEqualTo(1);
    assertThat(costs.all().perCall().orElseThrow()).isEqualByComparingTo("0.000005");
  }

  @Test
  void manyCallsAreCountedInHistogramsAndTheirSumsStayExact() throws IOException {
    Prices prices = prices("{model = \"*\", perMillion {input = 0.02, output = 0.08}}");
    CallCostTally condensed = new CallCostTally(1000);
    CostTally exactRun = new CostTally(prices, tally);
    CostTally condensedRun = new CostTally(prices, condensed);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60_000; i++) {
      CallRecord call =
          call().id(i).name("n" + i % 2).tokens(random.nextInt(900), random.nextInt(200)).record();
      exactRun.add(call);
      condensedRun.add(call);
    }
    CallCost exact = result().all();
    CallCost counted = condensed.result("USD", PercentileRule.WITHHOLD_WHEN_FEW).all();
    assertThat(counted.total()).isEqualTo(exact.total());
    for (Quantile quantile : List.of(Quantile.P50, Quantile.P90, Quantile.P95)) {
      assertThat(counted.ofOneCall().at(quantile).orElseThrow())
          .isCloseTo(exact.ofOneCall().at(quantile).orElseThrow(), withinPercentage(0.1));
    }
    assertThat(counted.ofOneCall().max()).isEqualTo(exact.ofOneCall().max());
  }

  private CallCosts costs(String model, CallRecord... calls) throws IOException {
    CostTally run = new CostTally(prices(model), tally);
    List.of(calls).forEach(run::add);
    return result();
  }

  private CallCosts result() {
    return tally.result("USD", PercentileRule.WITHHOLD_WHEN_FEW);
  }

  private Prices prices(String model) throws IOException {
    return Prices.read(
        Files.writeString(
            temp.resolve("prices.conf"), "currency = USD\nmodels = [" + model + "]\n"));
  }
}
