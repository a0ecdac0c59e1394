package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.prompt.PromptBuilder;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.WatchedSimulator;
import dev.gatlingllm.target.CallTarget;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.DefaultEventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations of five turns on real sockets. */
class DialogueOverTheWireTest {

  private static final int TURNS = 5;
  private static final int QUESTION = 150;
  private static final Dialogue TALK = Dialogue.NONE.withHistory("talk");

  @TempDir private static Path nowhere;
  private static CallsOfSettings calls;
  private static final PromptBuilder QUESTIONS = new PromptBuilder(TokenCounter.standard(), 7);

  @BeforeAll
  static void start() {
    calls = new CallsOfSettings(nowhere);
  }

  @AfterAll
  static void stop() {
    calls.close();
  }

  private static Session user() {
    return new Session(Session$.MODULE$.apply("talk", 1, new DefaultEventLoop()));
  }

  private static List<CallResult> hold(LlmClient client, LlmConfig config, Dialogue dialogue) {
    List<CallResult> results = new ArrayList<>();
    Session session = user();
    for (int turn = 0; turn < TURNS; turn++) {
      int number = turn;
      CallTemplate.Prepared prepared =
          CallTemplate.named(any -> "chat")
              .withPrompts(any -> QUESTIONS.prompt(number, QUESTION, OptionalInt.empty()))
              .withDialogue(dialogue)
              .prepare(session, config.request());
      CallResult result = calls.call(client, config, prepared.request().withMaxTokens(40)).join();
      assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.SUCCEEDED);
      results.add(result);
      session =
          prepared
              .turn()
              .orElseThrow()
              .answered(session, 0, result.answer().words(), result.served().responseId());
    }
    return results;
  }

  private static LlmConfig settings(String... changes) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("llm.simulator.ttft", "0 s");
    settings.put("llm.simulator.tokensPerSecond", "100000");
    settings.put("llm.simulator.cacheTtl", "5 min");
    settings.put("llm.simulator.cacheMinTokens", "128");
    for (String change : changes) {
      String[] pair = change.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    return GivenSettings.of(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "azure-openai, chat, false, false",
    "openai, chat, false, false",
    "openai, responses, false, false",
    "openai, responses, true, false",
    "anthropic, chat, false, true",
    "bedrock, chat, false, true"
  })
  void everyTurnSendsAllThatWasSaidAndReadsItFromTheCacheAsTheServiceSays(
      String wire, String api, boolean stored, boolean points) {
    LlmConfig config = settings("llm.simulator.wire=" + wire, "llm.openai.api=" + api);
    Dialogue dialogue = stored ? TALK.withStored() : TALK;
    CallTarget target = calls.target(config);
    Simulator simulator = target.simulator().orElseThrow();
    try (LlmClient client = target.client()) {
      List<CallResult> results =
          hold(client, config, points ? dialogue.withCachePoints() : dialogue);
      List<SimulatedCall> truth = simulator.calls();
      assertThat(truth).hasSize(TURNS);
      for (int turn = 0; turn < TURNS; turn++) {
        long input = results.get(turn).usage().input().orElseThrow();
        long cached = results.get(turn).usage().cachedInput().orElse(0);
        assertThat(cached).isEqualTo(truth.get(turn).cachedTokens().orElseThrow());
        assertThat(input).isEqualTo(truth.get(turn).inputTokens().orElseThrow());
        if (turn > 0) {
          SimulatedCall before = truth.get(turn - 1);
          // What a question and an answer have beside their words, by OpenAI's rule.
          long answer = before.outputTokens() + 4L;
          assertThat(input).isEqualTo(before.inputTokens().orElseThrow() + answer + QUESTION - 3);
          assertThat(cached).isGreaterThan(before.cachedTokens().orElseThrow());
        }
      }
    }
  }

  @Test
  void theTextOfEachAnswerIsInTheNextRequest() {
    try (WatchedSimulator watched = WatchedSimulator.quick()) {
      LlmConfig config =
          settings(
              "llm.provider=openai",
              "llm.openai.baseUrl=" + watched.simulator().uri() + "/v1",
              "llm.openai.model=m");
      try (LlmClient client = calls.target(config).client()) {
        List<CallResult> results = hold(client, config, TALK);
        for (int turn = 1; turn < TURNS; turn++) {
          for (CallResult before : results.subList(0, turn)) {
            assertThat(watched.bodies().get(turn)).contains(before.answer().kept());
          }
        }
      }
    }
  }
}
