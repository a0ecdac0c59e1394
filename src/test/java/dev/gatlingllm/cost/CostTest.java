package dev.gatlingllm.cost;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RecordFormatException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {

  private static final long HALF_AN_HOUR = 1_800_000_000_000L;

  @TempDir private Path temp;

  @Test
  void eachKindOfTokenHasItsPrice() throws IOException {
    Prices prices =
        prices(
            "models = [{model = \"gpt-4o\", perMillion {input = 2, cachedInput = 0.5, output = 8,"
                + " reasoning = 10}, perRequest {guardrail = 0.0001}, perHour = 3}]");
    CallRecord call = call().tokens(1000, 300).reasoning(100).record();
    // 1000 × 2 + 200 × 8 + 100 × 10, in millionths, and the guardrail
    assertThat(prices.of(call).orElseThrow()).isEqualByComparingTo("0.0047");
    Cost cost = cost(prices, List.of(call), HALF_AN_HOUR);
    assertThat(cost.total()).isEqualByComparingTo("1.5047");
    assertThat(cost.lines().get(0).parts())
        .containsOnlyKeys("input", "output", "reasoning", "guardrail", "time");
  }

  @Test
  void cachedTokensAreNotPaidForTwice() throws IOException {
    Prices prices = prices("models = [{model = \"*\", perMillion {input = 10, cachedInput = 1}}]");
    CallRecord call = call().tokens(1000, 10).cached(600, 100).record();
    // 300 fresh, 600 read, 100 written at the price of input
    assertThat(prices.of(call).orElseThrow()).isEqualByComparingTo("0.0046");
  }

  @Test
  void tenthsAddUpExactlyInEveryOrder() throws IOException {
    Prices prices = prices("models = [{model = \"*\", perMillion {input = 0.1, output = 0.7}}]");
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      calls.add(call().id(i).tokens(1 + i % 7, 3).record());
    }
    BigDecimal oneByOne =
        calls.stream()
            .map(call -> prices.of(call).orElseThrow())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal total = cost(prices, calls, 0).total();
    Collections.shuffle(calls, new Random(1));
    assertThat(total).isEqualByComparingTo(oneByOne).isEqualByComparingTo("0.0024997");
    assertThat(cost(prices, calls, 0).total()).isEqualByComparingTo(total);
  }

  @Test
  void theFirstPriceOfAModelCounts() throws IOException {
    Prices prices =
        prices(
            "models = [{model = \"gpt-4*\", provider = bedrock, perMillion {input = 9}},"
                + " {model = \"gpt-4*\", perMillion {input = 1}}, {model = \"*\"}]");
    assertThat(prices.of("azure-openai", "gpt-4o").orElseThrow().input()).isEqualTo("1");
    assertThat(prices.of("bedrock", "gpt-4o").orElseThrow().input()).isEqualTo("9");
    assertThat(prices.of("bedrock", "xgpt-4o").orElseThrow().input()).isEqualTo("0");
  }

  @Test
  void aCallCostsWhatTheModelCostsThatServedIt() throws IOException {
    Prices prices =
        prices(
            "models = [{model = \"router\", perMillion {output = 1}},"
                + " {model = \"us.small\", perMillion {output = 2}},"
                + " {model = \"*\", perMillion {output = 9}}]");
    String arn = "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.small";
    Cost cost =
        cost(
            prices,
            List.of(served("router", arn, "", ""), served("router", "unlisted", "", "")),
            0);

    assertThat(cost.lines())
        .extracting(Cost.Line::model)
        .containsExactly("azure-openai / us.small", "azure-openai / router");
    assertThat(cost.lines())
        .extracting(line -> line.total().stripTrailingZeros().toPlainString())
        .containsExactly("2", "1");
    assertThat(prices.of(served("router", arn, "", "")).orElseThrow()).isEqualByComparingTo("2");
  }

  @Test
  void aPriceMayBeThatOfATierOrALatencyMode() throws IOException {
    Prices prices =
        prices(
            "models = [{model = m, tier = flex, perMillion {output = 1}},"
                + " {model = m, latencyMode = optimized, perMillion {output = 3}},"
                + " {model = m, tier = default, perMillion {output = 2}}]");
    assertThat(prices.of(served("m", "", "flex", "")).orElseThrow()).isEqualByComparingTo("1");
    assertThat(prices.of(served("m", "", "", "optimized")).orElseThrow()).isEqualByComparingTo("3");
    assertThat(prices.of(served("m", "", "", "standard")).orElseThrow()).isEqualByComparingTo("2");
    assertThat(prices.of(served("m", "", "priority", ""))).isEmpty();
    Cost cost =
        cost(
            prices,
            List.of(served("m", "", "", "optimized"), served("m", "m-2", "", "optimized")),
            0);
    assertThat(cost.lines())
        .extracting(Cost.Line::model)
        .containsExactly("azure-openai / m (optimized)");
  }

  @Test
  void aDeploymentWithAPriceKeepsItWhateverModelAnswers() throws IOException {
    Prices prices =
        prices(
            "models = [{model = \"gpt-4o*\", perMillion {output = 9}},"
                + " {model = chat-ptu, perMillion {output = 1}}]");
    assertThat(prices.of(served("chat-ptu", "gpt-4o-2024-08-06", "", "")).orElseThrow())
        .isEqualByComparingTo("1");
    assertThat(prices.of(served("my-chat", "gpt-4o-2024-08-06", "", "")).orElseThrow())
        .isEqualByComparingTo("9");
  }

  @Test
  void aCallThatWasHandedOverHasNeverThePriceOfTheDeploymentThatCouldNotTakeIt()
      throws IOException {
    CallRecord spilled =
        call()
            .model("chat-ptu")
            .tokens(0, 1_000_000)
            .servedBy("gpt-4o-2024-08-06", "")
            .spilledTo("chat-standard")
            .record();
    String ptu = "{model = chat-ptu, perHour = 36}";
    Prices byModel =
        prices("models = [" + ptu + ", {model = \"gpt-4o*\", perMillion {output = 9}}]");
    Prices none = prices("models = [" + ptu + "]");

    assertThat(byModel.of(spilled).orElseThrow()).isEqualByComparingTo("9");
    assertThat(none.of(spilled)).isEmpty();
    Cost cost = cost(byModel, List.of(spilled), HALF_AN_HOUR);
    assertThat(cost.total()).isEqualByComparingTo("0");
    assertThat(cost.ofSpilled()).isEqualByComparingTo("9");
    assertThat(cost(none, List.of(spilled), HALF_AN_HOUR).withoutPrice()).isEqualTo(1);
  }

  private static CallRecord served(String asked, String model, String tier, String latencyMode) {
    return call()
        .model(asked)
        .tokens(0, 1_000_000)
        .servedBy(new CallRecord.Served(model, tier, latencyMode, OptionalLong.empty()))
        .record();
  }

  @Test
  void aFailureCostsWhatItsTokensCostAndNothingWithoutThem() throws IOException {
    Prices prices = prices("models = [{model = \"*\", perMillion {output = 1}}]");
    Cost cost =
        cost(
            prices,
            List.of(
                call().tokens(1, 500_000).ended(Outcome.CHECK_FAILED, "check").record(),
                call().ended(Outcome.THROTTLED, "429").record(),
                call().tokens(1, 500_000).record()),
            0);
    assertThat(cost.calls()).isEqualTo(2);
    assertThat(cost.total()).isEqualByComparingTo("1");
    assertThat(cost.perThousandCalls().orElseThrow()).isEqualByComparingTo("1000");
    assertThat(cost.perMillionOutputTokens().orElseThrow()).isEqualByComparingTo("1");
  }

  @Test
  void whatIsNotKnownIsCountedAndInNoAmount() throws IOException {
    Prices prices = prices("models = [{model = \"other\", perMillion {output = 1}}]");
    Cost cost = cost(prices, List.of(call().tokens(1, 5).record(), call().record()), 0);
    assertThat(cost.withoutPrice()).isEqualTo(2);
    assertThat(cost.withoutTokens()).isEqualTo(1);
    assertThat(cost.total()).isEqualByComparingTo("0");
    assertThat(cost.leastOfCall()).isEmpty();
  }

  @Test
  void anHourOfTheRunIsPaidOnceForAllModelsOfOnePrice() throws IOException {
    Prices prices = prices("models = [{model = \"*\", perHour = 4}]");
    Cost cost =
        cost(
            prices,
            List.of(call().tokens(1, 1).record(), call().tokens(1, 1).model("gpt-5").record()),
            HALF_AN_HOUR);
    assertThat(cost.total()).isEqualByComparingTo("2");
  }

  @Test
  void withoutTheRunsEndTheTimeIsThatOfItsCalls() throws IOException {
    Prices prices = prices("models = [{model = \"*\", perHour = 3600}]");
    CostTally tally = new CostTally(prices, new CallCostTally());
    tally.add(call().from(1000, 3000).tokens(1, 1).record());
    assertThat(tally.result(OptionalLong.empty()).total().doubleValue()).isBetween(1.9999, 2.0001);
  }

  @Test
  void theExampleIsRead() {
    Prices prices = Prices.read(Path.of("feeders", "prices-example.conf"));
    assertThat(prices.currency()).isEqualTo("USD");
    assertThat(prices.of("azure-openai", "simulated").orElseThrow().reasoning()).isEqualTo("8.00");
    assertThat(prices.of("bedrock", "any").orElseThrow().cachedInput()).isEqualTo("1.00");
  }

  @Test
  void badFilesAreRefusedWithFileKeyAndValue() throws IOException {
    assertRefused(
        "models = [{model = a, perMillion {input = -1}}]",
        "models[0].perMillion.input must be an amount of at least 0, was \"-1\"");
    assertRefused("models = [{model = a, perMillion {input = free}}]", "was \"free\"");
    assertRefused("models = [{model = a, perToken {}}]", "there is no key models[0].perToken");
    assertRefused(
        "models = [{model = a, perRequest {input = 1}}]",
        "models[0].perRequest must have other names than tokens and time, has \"input\"");
    assertRefused(
        "\"gpt-x\" = {max_tokens = 1, input_cost_per_token = 2e-6}",
        "was LiteLLM's table of prices, with gpt-x");
    assertRefused("models = [{}]", "No configuration setting found for key 'model'");
    assertThatThrownBy(() -> Prices.read(temp.resolve("none.conf")))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContaining("there is no file of prices");
  }

  private void assertRefused(String models, String reason) throws IOException {
    Path file = file(models);
    assertThatThrownBy(() -> Prices.read(file))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContaining("prices.conf")
        .hasMessageContaining(reason);
  }

  private Prices prices(String models) throws IOException {
    return Prices.read(file(models));
  }

  private Path file(String models) throws IOException {
    return Files.writeString(temp.resolve("prices.conf"), "currency = USD\n" + models + "\n");
  }

  private static Cost cost(Prices prices, List<CallRecord> calls, long runNanos) {
    CostTally tally = new CostTally(prices, new CallCostTally());
    calls.forEach(tally::add);
    return tally.result(OptionalLong.of(runNanos));
  }

  @Test
  void anAmountThatWouldFillTheMemoryIsRefused() throws IOException {
    for (String amount : List.of("1e999999999", "1e-999999999", "1e13")) {
      assertRefused(
          "models = [{model = a, perMillion {input = " + amount + "}}]",
          "models[0].perMillion.input must be an amount up to 1e12, to 30 decimals, was \""
              + amount);
    }
  }

  @Test
  void theFileMayBeUtf16AndIsRefusedIfItIsNoText() throws IOException {
    String text = "currency = \"£\"\nmodels = []\n";
    Path file = temp.resolve("prices.conf");
    Files.write(file, text.getBytes(UTF_16));
    assertThat(Prices.read(file).currency()).isEqualTo("£");
    Files.write(file, text.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> Prices.read(file))
        .hasMessage(
            "prices "
                + file
                + ": must be text in UTF-8 or UTF-16, or such text in gzip, holds other bytes");
  }
}
