package dev.gatlingllm.experiment.conversation;

import static dev.gatlingllm.LlmDsl.llm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {

  private static final String AGENT =
      """
      {"messages": [
        {"role": "system", "content": "You are a guide.", "timestamp": "2026-03-01T10:00:00Z"},
        {"role": "user", "content": "Weather in Ulm?", "timestamp": "2026-03-01T10:00:01Z"},
        {"role": "assistant", "content": null, "timestamp": "2026-03-01T10:00:03Z",
         "tool_calls": [{"id": "c1", "type": "function",
           "function": {"name": "weather", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "c1", "content": "Rain.",
         "timestamp": "2026-03-01T10:00:03.250Z"},
        {"role": "assistant", "content": "It rains.", "timestamp": "2026-03-01T10:00:05Z"},
        {"role": "user", "content": "Thanks.", "timestamp": "2026-03-01T10:00:12Z"}],
       "max_tokens": 77, "tools": [{"type": "function", "function": {"name": "weather"}}]}
      """
          .replaceAll("\n\\s*", " ");

  @TempDir private Path folder;

  private LlmConfig settings(String... changes) {
    String[] all =
        Stream.concat(
                Stream.of("llm.load.clients=1", "llm.profile.preventCaching=false"),
                Stream.of(changes))
            .toArray(String[]::new);
    return Stage.settings(folder, all);
  }

  private String file(String text) throws IOException {
    return "llm.conversation.file="
        + Files.writeString(folder.resolve("conversations.jsonl"), text);
  }

  /** Plays the sessions, and returns what was sent and recorded. */
  private Played play(String... changes) {
    LlmConfig config = settings(changes);
    PlayedService service = PlayedService.answering(Duration.ofMillis(300));
    try (Stage stage = Stage.of(config, service)) {
      stage.play(Sessions.of(config).inject(llm("chat")));
      return new Played(List.copyOf(service.requests()), stage.records());
    }
  }

  private record Played(List<LlmRequest> requests, List<CallRecord> calls) {

    List<String> said(int request) {
      return requests.get(request).messages().stream()
          .map(message -> message.role().word() + ": " + message.text())
          .toList();
    }

    /** From each answer to the intended start of the next call, ms. */
    List<Long> thinkTimes() {
      List<Long> times = new ArrayList<>();
      for (int i = 1; i < calls.size(); i++) {
        long nanos = calls.get(i).times().arrival() - calls.get(i - 1).times().end();
        times.add(nanos / 1_000_000);
      }
      return times;
    }
  }

  @Test
  void eachTurnOfASessionHasWhatWasSaidBeforeItAndASizeOfTheSettings() {
    Played played =
        play(
            "llm.load.requests=2",
            "llm.conversation.turns=3",
            "llm.conversation.systemTokens=60",
            "llm.conversation.firstTokens=80",
            "llm.conversation.followUpTokens=50",
            "llm.conversation.maxTokens=9");

    assertThat(played.requests()).hasSize(6);
    assertThat(played.requests()).allMatch(request -> request.maxTokens().getAsInt() == 9);
    List<Message> third = played.requests().get(2).messages();
    assertThat(third)
        .extracting(message -> message.role().word())
        .containsExactly("system", "user", "assistant", "user", "assistant", "user");
    assertThat(third).startsWith(played.requests().get(1).messages().toArray(Message[]::new));
    TokenCounter counter = TokenCounter.standard();
    assertThat(counter.countMessages(third.subList(0, 1))).isEqualTo(60);
    assertThat(counter.countMessages(third.subList(1, 2))).isEqualTo(80);
    assertThat(counter.countMessages(third.subList(3, 4))).isEqualTo(50);
    assertThat(played.requests().get(3).messages()).hasSize(2).doesNotContain(third.get(1));
    assertThat(played.requests().get(3).messages().get(0)).isEqualTo(third.get(0));
  }

  @Test
  void recordsSayTheTurnAndTheReportPutsTheSessionsTogether() {
    List<CallRecord> calls = play("llm.load.requests=2", "llm.conversation.turns=2").calls();

    assertThat(calls)
        .extracting(call -> call.labels().get("turn"))
        .containsExactly("1", "2", "1", "2");
    assertThat(calls)
        .extracting(CallRecord::turn)
        .containsExactly(
            new CallRecord.Turn(0, 1, 2),
            new CallRecord.Turn(0, 2, 2),
            new CallRecord.Turn(2, 1, 2),
            new CallRecord.Turn(2, 2, 2));
    // 10 + 2 tokens by the service, and the next question.
    assertThat(calls.get(1).tokens().requestedInput()).hasValue(10 + 2 + 100);
  }

  @Test
  void usersThinkBetweenTurnsAndNotBetweenSessions() {
    assertThat(
            play(
                    "llm.load.requests=2",
                    "llm.conversation.turns=2",
                    "llm.conversation.thinkTime=4 s")
                .thinkTimes())
        .containsExactly(4_000L, 0L, 4_000L);
  }

  @Test
  void drawsAreThoseOfTheSeedWhateverTheCallsTook() {
    String[] drawn = {
      "llm.load.requests=4",
      "llm.conversation.turns=uniform 1 to 6",
      "llm.conversation.thinkTime=lognormal median 3 s p95 9 s",
      "llm.conversation.firstTokens=exponential mean 200, 60 to 900",
      "llm.conversation.maxTokens=uniform 5 to 50"
    };
    Played once = play(drawn);
    Played again = play(drawn);

    assertThat(again.thinkTimes()).isEqualTo(once.thinkTimes());
    assertThat(again.requests()).isEqualTo(once.requests());
    assertThat(once.requests().stream().map(one -> one.maxTokens().getAsInt()).distinct())
        .hasSizeGreaterThan(2);
  }

  @Test
  void recordedToolResultsFollowTheRecordedAnswerAndElseTheServicesOwnGoesOn() throws IOException {
    Played played = play(file(AGENT), "llm.load.requests=1");

    assertThat(played.requests()).hasSize(3);
    assertThat(played.said(0)).containsExactly("system: You are a guide.", "user: Weather in Ulm?");
    assertThat(played.said(2))
        .containsExactly(
            "system: You are a guide.",
            "user: Weather in Ulm?",
            "assistant: ",
            "tool: Rain.",
            "assistant: All good.",
            "user: Thanks.");
    List<Message> last = played.requests().get(2).messages();
    assertThat(last.get(2).fields()).containsOnlyKeys("tool_calls", "content");
    assertThat(last.get(3).fields()).containsOnlyKeys("tool_call_id");
    assertThat(played.requests())
        .allMatch(request -> request.maxTokens().getAsInt() == 77)
        .allMatch(request -> request.extraBody().containsKey("tools"));
    assertThat(played.thinkTimes()).containsExactly(250L, 7_000L);
  }

  @Test
  void recordedAnswersAndThinkTimesOfTheSettingsCanBeChosen() throws IOException {
    Played played =
        play(
            file(AGENT),
            "llm.load.requests=1",
            "llm.conversation.answers=recorded",
            "llm.conversation.waits=thinkTime",
            "llm.conversation.thinkTime=1 s");

    assertThat(played.said(2))
        .contains("assistant: It rains.")
        .doesNotContain("assistant: All good.");
    assertThat(played.thinkTimes()).containsExactly(1_000L, 1_000L);
  }

  @Test
  void aConversationOfShareGptIsHeldTurnByTurn() throws IOException {
    Played played =
        play(
            file(
                "[{\"id\":\"a\",\"conversations\":[{\"from\":\"human\",\"value\":\"Tides?\"},"
                    + "{\"from\":\"gpt\",\"value\":\"Moon.\"},{\"from\":\"human\",\"value\":\"Sun?\"},"
                    + "{\"from\":\"gpt\",\"value\":\"Less.\"}]}]"),
            "llm.load.requests=1",
            "llm.conversation.maxTokens=12");

    assertThat(played.requests()).hasSize(2);
    assertThat(played.said(1))
        .containsExactly("user: Tides?", "assistant: All good.", "user: Sun?");
    assertThat(played.requests().get(0).maxTokens()).hasValue(12);
  }

  @Test
  void whereCachingIsPreventedNoTwoSessionsBeginAlike() {
    Played played =
        play("llm.profile.preventCaching=true", "llm.load.requests=2", "llm.conversation.turns=1");

    assertThat(played.said(0).get(0))
        .isEqualTo(played.said(1).get(0))
        .matches("(?s)system: \\d{15}\\..*");
    assertThat(played.said(0).get(1))
        .isNotEqualTo(played.said(1).get(1))
        .matches("(?s)user: \\d{15}\\..*");
  }

  @Test
  void turnsBeyondTwentyHaveOneLabel() {
    assertThat(Sessions.label(20)).isEqualTo("20");
    assertThat(Sessions.label(21)).isEqualTo(Sessions.label(300)).isEqualTo("over 20");
  }

  @Test
  void theExpectedLoadIsThatOfTheCallsAndItsRequestsGoThroughTheTurns() {
    var load =
        Sessions.of(
                Stage.settings(
                    folder,
                    "llm.load.rpm=60",
                    "llm.load.duration=10 s",
                    "llm.conversation.turns=3",
                    "llm.conversation.systemTokens=0"))
            .expectedLoad();

    assertThat(load.text())
        .isEqualTo("60 arrivals/min of sessions of 3 turns, 500 tokens and then 100 more");
    assertThat(load.mostAtOnce(100)).isEqualTo(30);
    assertThat(Stream.generate(load.requests()).limit(4).map(one -> one.messages().size()))
        .containsExactly(1, 3, 5, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "turns=0 | llm.conversation.turns must be whole numbers of at least 1",
        "turns=exponential mean 4 | llm.conversation.turns must be bounded, as in exponential mean"
            + " 5",
        "turns=2.5 | llm.conversation.turns must be whole numbers of at least 1",
        "thinkTime=soon | llm.conversation.thinkTime must be durations such as 500 ms or 2 s",
        "systemTokens=5 | llm.conversation.systemTokens must be 0 or at least",
        "firstTokens=3 | llm.conversation.firstTokens must be at least",
        "history=stored | llm.conversation.history must be messages without the Responses API",
        "answers=recorded | llm.conversation.answers must be own without llm.conversation.file",
        "file=nowhere.json | llm.conversation.file: ",
        "order=backwards | llm.conversation.order must be one of sequential, random, weighted"
      })
  void impossibleSettingsAreRefusedByName(String setting, String message) {
    assertThatThrownBy(() -> Sessions.of(settings("llm.conversation." + setting)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aTimestampThatCannotBeReadIsRefusedWithItsPlace() throws IOException {
    String wrong = AGENT.replace("2026-03-01T10:00:12Z", "yesterday");
    String backwards = AGENT.replace("2026-03-01T10:00:12Z", "2026-03-01T09:00:00Z");
    assertThatThrownBy(() -> Sessions.of(settings(file(wrong))))
        .hasMessageContaining("messages[5].timestamp must be seconds or milliseconds since 1970");
    assertThatThrownBy(() -> Sessions.of(settings(file(backwards))))
        .hasMessageContaining(
            "messages[5].timestamp must not be before that of the message before");
    // Microseconds would make a pause a thousand times as long.
    for (String time : List.of("1772359212000000", "1e400")) {
      String unit = AGENT.replace("\"2026-03-01T10:00:12Z\"", time);
      assertThat(unit).isNotEqualTo(AGENT);
      assertThatThrownBy(() -> Sessions.of(settings(file(unit))))
          .hasMessageContaining("messages[5].timestamp must be seconds or milliseconds since 1970");
    }
  }
}
