package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Tokenizers;
import dev.gatlingllm.cost.Price;
import dev.gatlingllm.experiment.ab.Ab;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlannedSpendTest {

  private static LlmRequest hello() {
    return LlmRequest.ofPrompt("Say hello.").withMaxTokens(50);
  }

  private static String line(
      Optional<Price> price,
      ExpectedLoad.Pace pace,
      Supplier<LlmRequest> requests,
      Map<String, String> set) {
    LlmConfig config = GivenSettings.of(set);
    return new PlannedSpend(config.load(), config.gate(), price, "USD", Tokenizers.of(config))
        .of(new ExpectedLoad("2 clients with hellos", pace, requests));
  }

  private static Optional<Price> price() {
    BigDecimal dollar = BigDecimal.ONE;
    return Optional.of(
        new Price("m", "*", "*", "*", dollar, dollar, dollar, dollar, dollar, Map.of(), dollar));
  }

  @Test
  void anOpenLoadSaysCallsTokensAndMoney() {
    ExpectedLoad.Pace minute =
        new ExpectedLoad.Open(ArrivalSchedule.constant(6000, Duration.ofMinutes(1)));
    assertThat(line(price(), minute, PlannedSpendTest::hello, Map.of()))
        .matches(
            "planned spend: at most 6,000 calls, each about \\d+ \\+ 50 tokens: [\\d,]+ tokens,"
                + " 0\\.\\d+ USD");
  }

  @Test
  void clientsForATimeSayWhenTheyEndAndWhatACallIs() {
    assertThat(
            line(
                Optional.empty(),
                new ExpectedLoad.Closed(2),
                PlannedSpendTest::hello,
                Map.of("llm.load.clients", "2", "llm.load.duration", "30 min")))
        .matches(
            "planned spend: 2 clients with hellos until 30 min 00 s are over; each call about \\d+"
                + " \\+ 50 tokens");
  }

  @Test
  void clientsWithANumberOfCallsSayIt() {
    assertThat(
            line(
                Optional.empty(),
                new ExpectedLoad.Closed(2),
                PlannedSpendTest::hello,
                Map.of("llm.load.clients", "2", "llm.load.requests", "7")))
        .startsWith("planned spend: at most 7 calls, each about ");
  }

  @Test
  void blocksThatRepeatALoadSpendItEachTime() {
    Map<String, String> set =
        Map.of(
            "llm.targets.0.model", "a",
            "llm.targets.1.model", "b",
            "llm.ab.pairs", "3",
            "llm.load.rpm", "120",
            "llm.load.duration", "6s");
    LlmConfig config = GivenSettings.of(set);
    assertThat(
            new PlannedSpend(
                    config.load(), config.gate(), Optional.empty(), "USD", Tokenizers.of(config))
                .of(Ab.of(config).expectedLoad()))
        .startsWith("planned spend: at most 72 calls, each about ");
  }

  @Test
  void blocksOfATimeSayWhenTheLastEnds() {
    Map<String, String> set = Map.of("llm.load.clients", "2", "llm.load.duration", "30 min");
    LlmConfig config = GivenSettings.of(set);
    ExpectedLoad block =
        new ExpectedLoad("2 clients", new ExpectedLoad.Closed(2), PlannedSpendTest::hello);
    assertThat(
            new PlannedSpend(
                    config.load(), config.gate(), Optional.empty(), "USD", Tokenizers.of(config))
                .of(block.repeated(4)))
        .startsWith("planned spend: 2 clients until 2 h 00 min 00 s are over; ");
  }

  @Test
  void aRequestWithoutAnUpperBoundSaysSo() {
    assertThat(
            line(
                price(),
                new ExpectedLoad.Closed(2),
                () -> LlmRequest.ofPrompt("Say hello."),
                Map.of()))
        .matches(
            "planned spend: 2 clients with hellos until the simulation ends; each call about \\d+"
                + " input tokens and an answer without an upper bound");
  }

  @Test
  void drawnSizesSpendTheSumOfWhatIsDrawn() {
    LlmConfig config =
        GivenSettings.of(
            Map.of(
                "llm.load.rpm", "60",
                "llm.load.requests", "4",
                "llm.profile.inputTokens", "uniform 100 to 2000",
                "llm.profile.outputTokens", "uniform 10 to 90"));
    Prompts prompts = Prompts.of(config);
    CallSizes sizes = prompts.sizes(config);
    long input = LongStream.range(0, 4).map(call -> sizes.of(call).contextTokens()).sum();
    long output = LongStream.range(0, 4).map(call -> sizes.of(call).maxTokens()).sum();
    long meanInput = (input + 3) / 4;
    long meanOutput = (output + 3) / 4;
    assertThat(
            new PlannedSpend(
                    config.load(), config.gate(), Optional.empty(), "USD", Tokenizers.of(config))
                .of(ExpectedLoads.load(config, prompts, sizes)))
        .isEqualTo(
            "planned spend: at most 4 calls, on average about "
                + Figures.count(meanInput)
                + " + "
                + meanOutput
                + " tokens: "
                + Figures.count(4 * (meanInput + meanOutput))
                + " tokens");
  }
}
