package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.simulator.wire.CachePrefix;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PromptCacheTest {

  private static final long SECOND = 1_000_000_000L;
  private static final CacheSettings CACHE = new CacheSettings(Duration.ofMinutes(5), 256);
  private static final List<CachePrefix> PREFIXES =
      List.of(new CachePrefix(256, 1), new CachePrefix(384, 2));

  private static String words(int count) {
    return "word ".repeat(count).strip();
  }

  private static String chat(String system, String prompt) {
    return String.format(
        Locale.ROOT,
        """
        {"model":"m","messages":[{"role":"system","content":"%s"},\
        {"role":"user","content":"%s"}],"max_tokens":1}""",
        system,
        prompt);
  }

  private static String converse(String system, String prompt) {
    return String.format(
        Locale.ROOT,
        """
        {"system":[{"text":"%s"},{"cachePoint":{"type":"default"}}],"messages":[{"role":"user",\
        "content":[{"text":"%s"}]}],"inferenceConfig":{"maxTokens":1}}""",
        system,
        prompt);
  }

  private static Simulator start(String... changes) {
    SimulatorSettings settings =
        Settings.quick("cacheTtl = 5 min, cacheMinTokens = 256", String.join(", ", changes));
    return Simulator.start(settings, NanoClock.SYSTEM);
  }

  private static JsonNode usage(Simulator simulator, String path, String body) {
    return TestClient.json(new TestClient(simulator.uri()).post(path, body).body()).path("usage");
  }

  @Test
  void theLongestPrefixThatWasComputedIsKnown() {
    PromptCache cache = new PromptCache(CACHE);
    assertThat(cache.longest(PREFIXES, 0)).isZero();
    cache.keep(PREFIXES.subList(0, 1), 0, 0);
    assertThat(cache.longest(PREFIXES, 1)).isEqualTo(256);
    cache.keep(PREFIXES, 1, 1);
    assertThat(cache.longest(PREFIXES, 2)).isEqualTo(384);
  }

  @Test
  void aPrefixIsNotKnownBeforeItHasBeenComputed() {
    PromptCache cache = new PromptCache(CACHE);
    cache.keep(PREFIXES, 0, 5 * SECOND);
    assertThat(cache.longest(PREFIXES, 4 * SECOND)).isZero();
    cache.keep(PREFIXES, 4 * SECOND, 9 * SECOND);
    assertThat(cache.longest(PREFIXES, 5 * SECOND)).isEqualTo(384);
  }

  @Test
  void aPrefixIsForgottenWhenItWasNotUsedForItsTime() {
    PromptCache cache = new PromptCache(CACHE);
    cache.keep(PREFIXES, 0, 0);
    assertThat(cache.longest(PREFIXES, 300 * SECOND)).isEqualTo(384);
    cache.keep(PREFIXES, 200 * SECOND, 200 * SECOND);
    assertThat(cache.longest(PREFIXES, 500 * SECOND)).isEqualTo(384);
    assertThat(cache.longest(PREFIXES, 500 * SECOND + 1)).isZero();
  }

  @Test
  void chatCompletionsCacheByThemselvesInStepsOfHundredTwentyEight() {
    try (Simulator simulator = start()) {
      JsonNode cold = usage(simulator, TestClient.OPENAI, chat(words(400), "one"));
      JsonNode warm = usage(simulator, TestClient.OPENAI, chat(words(400), "two"));
      assertThat(cold.at("/prompt_tokens_details/cached_tokens").asInt()).isZero();
      assertThat(warm.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(384);
      assertThat(warm.path("prompt_tokens")).isEqualTo(cold.path("prompt_tokens"));
      JsonNode other = usage(simulator, TestClient.OPENAI, chat("other " + words(400), "one"));
      assertThat(other.at("/prompt_tokens_details/cached_tokens").asInt()).isZero();
    }
  }

  @Test
  void converseCachesUpToACachePointAndTellsWhatItWrites() {
    try (Simulator simulator = start()) {
      JsonNode cold = usage(simulator, TestClient.CONVERSE, converse(words(400), "one"));
      JsonNode warm = usage(simulator, TestClient.CONVERSE, converse(words(400), "two"));
      assertThat(cold.path("cacheReadInputTokens").asInt()).isZero();
      assertThat(cold.path("cacheWriteInputTokens").asInt()).isEqualTo(404);
      assertThat(warm.path("cacheReadInputTokens").asInt()).isEqualTo(404);
      assertThat(warm.path("cacheWriteInputTokens").asInt()).isZero();
      assertThat(warm.path("inputTokens")).isEqualTo(cold.path("inputTokens"));
      assertThat(warm.path("totalTokens")).isEqualTo(cold.path("totalTokens"));
    }
  }

  @Test
  void aPromptBelowTheSmallestSizeIsNotCached() {
    try (Simulator simulator = start()) {
      usage(simulator, TestClient.CONVERSE, converse(words(50), "one"));
      JsonNode again = usage(simulator, TestClient.CONVERSE, converse(words(50), "one"));
      assertThat(again.path("cacheReadInputTokens").asInt()).isZero();
      assertThat(again.path("cacheWriteInputTokens").asInt()).isZero();
    }
  }

  @Test
  void whatIsCachedTakesNoPrefillTime() {
    try (Simulator simulator = start("prefillPerToken = 4 ms, recordedCalls = 10")) {
      usage(simulator, TestClient.CONVERSE, converse(words(400), "one"));
      usage(simulator, TestClient.CONVERSE, converse(words(400), "two"));
      List<SimulatedCall> calls = simulator.calls();
      assertThat(calls).hasSize(2);
      assertThat(toFirstToken(calls.get(0))).isGreaterThan(400 * 4_000_000L);
      assertThat(toFirstToken(calls.get(1))).isLessThan(toFirstToken(calls.get(0)) / 2);
    }
  }

  private static long toFirstToken(SimulatedCall call) {
    return call.chunkNanos()[0] - call.serviceNanos().getAsLong();
  }
}
