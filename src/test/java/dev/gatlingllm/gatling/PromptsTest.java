package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.size.CallSize;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PromptsTest {

  private static LlmConfig settings(String... settings) {
    return Stage.settings(Path.of("unused"), settings);
  }

  private static final Prompts SEEDED =
      Prompts.of(settings("llm.profile.preventCaching=false", "llm.seed=7"));

  private static int tokens(List<Message> messages) {
    return TokenCounter.standard().countMessages(messages);
  }

  @Test
  void everyPromptIsOfItsSizeAndUnlikeTheOneBefore() {
    List<Message> first = SEEDED.next(90, 16);
    List<Message> second = SEEDED.next(90, 16);
    assertThat(tokens(first)).isEqualTo(90);
    assertThat(tokens(second)).isEqualTo(90);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void theSeedDecidesThePromptsUnlessCachingIsPrevented() {
    String[] seeded = {"llm.profile.preventCaching=false", "llm.seed=9"};
    assertThat(Prompts.of(settings(seeded)).next(90, 16))
        .isEqualTo(Prompts.of(settings(seeded)).next(90, 16));
    assertThat(Prompts.of(settings("llm.seed=9")).next(90, 16))
        .isNotEqualTo(Prompts.of(settings("llm.seed=9")).next(90, 16));
  }

  @Test
  void aSizeThatHasNoRoomForAPromptIsMadeAsSmallAsOneCanBe() {
    int smallest = SEEDED.smallest(OptionalInt.empty());
    assertThat(tokens(SEEDED.nextOfAnySize(1, 16))).isEqualTo(smallest);
    assertThat(tokens(SEEDED.nextOfAnySize(120, 16))).isEqualTo(120);
  }

  @Test
  void requestsForNoRunDoNotUseUpThePromptsOfTheRun() {
    Prompts one = Prompts.of(settings("llm.profile.preventCaching=false"));
    Prompts other = Prompts.of(settings("llm.profile.preventCaching=false"));
    Supplier<LlmRequest> apart = one.requests(ShapeProfile.custom(90, 16));
    assertThat(apart.get().maxTokens()).hasValue(16);
    assertThat(apart.get()).isNotEqualTo(apart.get());

    assertThat(one.next(90, 16)).isEqualTo(other.next(90, 16));
  }

  @Test
  void requestsMayHaveSizesByTheirNumber() {
    Supplier<LlmRequest> requests = SEEDED.requests(number -> 90 + number, number -> 16 + number);
    assertThat(requests.get().maxTokens()).hasValue(16);
    LlmRequest second = requests.get();
    assertThat(second.maxTokens()).hasValue(17);
    assertThat(tokens(second.messages())).isEqualTo(91);
  }

  @Test
  void theShapeOfTheSettingsIsRefusedWithItsKeyIfItCannotBe() {
    assertThat(SEEDED.sizes(settings("llm.profile.shape=context")).of(0))
        .isEqualTo(new CallSize("context", 2_000, 200));
    assertThatThrownBy(() -> SEEDED.sizes(settings("llm.profile.shape=custom")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.profile.");
    assertThatThrownBy(() -> SEEDED.shape("llm.latency.contextTokens", 3, 16))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.latency.contextTokens must be at least ")
        .hasMessageEndingWith("was 3");
  }

  @Test
  void aTextThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> Prompts.cutFrom("nowhere.txt", settings()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nowhere.txt");
  }

  private static final Prompts PREFIXED =
      Prompts.of(
          settings(
              "llm.profile.preventCaching=false",
              "llm.seed=7",
              "llm.profile.prefix.tokens=200",
              "llm.profile.prefix.variants=3"));

  private static CallSize prefixed(OptionalInt variant) {
    return new CallSize("chat", 290, 16, new CallSize.Prefix(200, variant));
  }

  @Test
  void aSharedPrefixIsTheSameInEveryCallOfItsVariantAndNoOther() {
    List<Message> first = PREFIXED.of(1, prefixed(OptionalInt.of(0)));
    List<Message> second = PREFIXED.of(2, prefixed(OptionalInt.of(0)));
    List<Message> other = PREFIXED.of(3, prefixed(OptionalInt.of(1)));
    List<Message> own = PREFIXED.of(4, prefixed(OptionalInt.empty()));
    List<Message> another = PREFIXED.of(5, prefixed(OptionalInt.empty()));
    assertThat(List.of(first, second, other, own, another))
        .allMatch(messages -> tokens(messages) == 290)
        .allMatch(messages -> messages.get(0).role() == Message.Role.SYSTEM);
    assertThat(second.get(0)).isEqualTo(first.get(0));
    assertThat(second.get(1)).isNotEqualTo(first.get(1));
    assertThat(List.of(other.get(0), own.get(0), another.get(0), first.get(0)))
        .doesNotHaveDuplicates();
  }

  @Test
  void sharedPrefixesAreThoseOfTheRunAloneWhereCachingIsPrevented() {
    CallSize size = prefixed(OptionalInt.of(2));
    String[] seeded = {
      "llm.profile.preventCaching=false", "llm.seed=9", "llm.profile.prefix.tokens=200"
    };
    assertThat(Prompts.of(settings(seeded)).of(0, size).get(0))
        .isEqualTo(Prompts.of(settings(seeded)).of(0, size).get(0));
    String[] ofTheRun = {"llm.seed=9", "llm.profile.prefix.tokens=200"};
    assertThat(Prompts.of(settings(ofTheRun)).of(0, size).get(0))
        .isNotEqualTo(Prompts.of(settings(ofTheRun)).of(0, size).get(0));
  }

  @Test
  void aDrawnPromptIsAtLeastAsLargeAsAPromptCanBe() {
    int smallest = SEEDED.smallest(OptionalInt.empty());
    CallSize tiny =
        PREFIXED.sized(new CallSize("chat", 201, 16, new CallSize.Prefix(200, OptionalInt.of(0))));
    assertThat(tiny.contextTokens()).isEqualTo(200 + smallest);
    assertThat(tokens(PREFIXED.of(6, tiny))).isEqualTo(200 + smallest);
  }

  @Test
  void aTokenizerOfAnOlderModelSizesThePrompts() {
    LlmConfig older = settings("llm.tokenizer=cl100k_base");
    List<Message> prompt = Prompts.of(older).next(900, 16);
    assertThat(TokenCounter.forModel("gpt-4").countMessages(prompt)).isEqualTo(900);
  }

  @Test
  void aServerThatCountsMustBeTheOneThatIsCalled() {
    assertThatThrownBy(() -> Prompts.of(settings("llm.tokenizer=server")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.tokenizer = server asks the server of llm.openai.baseUrl and needs llm.provider ="
                + " openai, was simulator");
    assertThatThrownBy(
            () ->
                Prompts.of(
                    settings(
                        "llm.tokenizer=server",
                        "llm.provider=openai",
                        "llm.openai.baseUrl=http://127.0.0.1:1/v1",
                        "llm.openai.model=m")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "llm.tokenizer = server: POST http://127.0.0.1:1/tokenize got no answer");
  }
}
