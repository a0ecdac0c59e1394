package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.LlmDsl.answer;
import static dev.gatlingllm.LlmDsl.answerJson;
import static dev.gatlingllm.LlmDsl.answerSchema;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.gatling.call.History;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Turn;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import io.gatling.core.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueTest {

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void begin() {
    stage = Stage.of(Stage.settings(folder), PlayedService.silent());
  }

  @AfterEach
  void end() {
    stage.close();
  }

  private static LlmActionBuilder says(String text) {
    return llm("chat").history("talk").user(text);
  }

  private void make(LlmActionBuilder call, Session user) {
    call.asScala().build(stage.context(false), stage.next).$bang(user);
  }

  private Session last() {
    return stage.next.sessions.get(stage.next.sessions.size() - 1);
  }

  private Session answered(LlmActionBuilder call, Session user, String answer) {
    make(call, user);
    stage.service.answer(stage.service.requests().size() - 1, answer);
    return last();
  }

  private LlmRequest request(int number) {
    return stage.service.requests().get(number);
  }

  private List<String> problems() {
    try {
      return new RunFiles(stage.run.folder()).readInfo().accounting().orElseThrow().problems();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> said(LlmRequest request) {
    return request.messages().stream().map(m -> m.role().word() + ": " + m.text()).toList();
  }

  @Test
  void whatWasSaidAndAnsweredGoesBeforeTheNextQuestion() {
    Session one = answered(says("one?"), stage.user(), "One.");
    answered(says("two?"), one, "Two.");

    assertThat(said(request(0))).containsExactly("user: one?");
    assertThat(said(request(1))).containsExactly("user: one?", "assistant: One.", "user: two?");
  }

  @Test
  void aSystemPromptIsSaidOnceInEachRequest() {
    LlmActionBuilder call = says("go on").systemPrompt("Be brief.");
    Session one = answered(call, stage.user(), "One.");
    Session two = answered(call, one, "Two.");
    answered(call, two, "Three.");

    assertThat(said(request(2)))
        .containsExactly(
            "system: Be brief.",
            "user: go on",
            "assistant: One.",
            "user: go on",
            "assistant: Two.",
            "user: go on");
  }

  @Test
  void aWholeRequestSaysWhatIsNewInItsConversation() {
    LlmActionBuilder call =
        llm("chat")
            .history("talk")
            .request(session -> LlmRequest.ofPrompt("go on").withMaxTokens(33));
    answered(call, answered(call, stage.user(), "One."), "Two.");

    assertThat(said(request(1))).containsExactly("user: go on", "assistant: One.", "user: go on");
    assertThat(request(1).maxTokens()).hasValue(33);
  }

  @Test
  void allTurnsOfASessionGoToOneTarget() {
    stage.close();
    stage = Stage.of(Stage.settings(folder), PlayedService.silent().withTargets("a", "b"));
    for (int user = 0; user < 12; user++) {
      Session session = stage.user();
      for (int turn = 0; turn < 3; turn++) {
        session = answered(says("go on"), session, "Yes.");
      }
    }

    List<CallRecord> calls = stage.records();
    for (CallRecord call : calls) {
      CallRecord first =
          calls.stream().filter(one -> one.id() == call.turn().session()).findFirst().orElseThrow();
      assertThat(call.labels()).isEqualTo(first.labels());
    }
    assertThat(calls.stream().map(CallRecord::labels).distinct()).hasSize(2);
  }

  @Test
  void conversationsOfOtherNamesAndUsersAreApart() {
    Session one = answered(says("one?"), stage.user(), "One.");
    Session other = answered(llm("chat").history("other").user("else?"), one, "Else.");
    answered(says("two?"), other, "Two.");
    answered(says("new"), stage.user(), "New.");

    assertThat(said(request(1))).containsExactly("user: else?");
    assertThat(said(request(2))).hasSize(3);
    assertThat(said(request(3))).containsExactly("user: new");
  }

  @Test
  void recordsSayWhichTurnOfWhichSessionACallIs() {
    LlmActionBuilder call = says("go on").turns(session -> 2);
    make(llm("alone").prompt("hi"), stage.user());
    Session one = answered(call, stage.user(), "One.");
    answered(call, one, "Two.");
    answered(call, stage.user(), "One.");
    stage.service.answer(0, "Hi.");

    assertThat(stage.records())
        .extracting(CallRecord::turn)
        .containsExactlyInAnyOrder(
            Turn.NONE, new Turn(1, 1, 2), new Turn(1, 2, 2), new Turn(3, 1, 2));
  }

  @Test
  void afterACallThatFailsNoFurtherTurnIsSentUntilANewConversation() {
    Session one = answered(says("one?"), stage.user(), "One.");
    make(says("two?"), one);
    stage
        .service
        .call(1)
        .failed(stage.clock.nanos(), new Failure(Failure.Kind.REJECTED, 400, "BadRequest", "no"));
    Session broken = last();
    make(says("three?"), broken);

    assertThat(stage.service.requests()).hasSize(2);
    assertThat(last()).isSameAs(broken);

    Session anew =
        new io.gatling.javaapi.core.Session(broken).remove(History.attribute("talk")).asScala();
    answered(says("four?"), anew, "Four.");
    assertThat(said(request(2))).containsExactly("user: four?");
    assertThat(stage.records()).hasSize(3);
    assertThat(problems()).isEmpty();
  }

  @Test
  void aFailedCheckBreaksTheConversationOff() {
    Session one = answered(says("one?").check(answer().is("Two.")), stage.user(), "One.");
    make(says("two?"), one);

    assertThat(stage.service.requests()).hasSize(1);
    assertThat(stage.records().get(0).outcome()).isEqualTo(Outcome.CHECK_FAILED);
  }

  @Test
  void aTurnThatCannotBeBuiltBreaksTheConversationOff() {
    make(says("#{nobody}"), stage.user());
    make(says("two?"), last());

    assertThat(stage.service.requests()).isEmpty();
    assertThat(stage.records()).extracting(CallRecord::turn).containsExactly(new Turn(0, 1, 0));
  }

  @Test
  void theUserThinksFromTheEndOfTheLastAnswer() {
    LlmActionBuilder call = says("go on").thinkTime(Duration.ofSeconds(3));
    make(call, stage.user());
    stage.advance(Duration.ofMillis(700));
    stage.service.answer(0, "One.");
    long answered = stage.clock.nanos();
    make(call, last());
    stage.advance(Duration.ofMillis(2_999));
    assertThat(stage.service.requests()).hasSize(1);
    stage.advance(Duration.ofMillis(2));
    assertThat(stage.service.requests()).hasSize(2);
    stage.service.answer(1, "Two.");

    CallRecord second = stage.records().get(1);
    assertThat(second.times().arrival())
        .isEqualTo(answered + 3_000_000_000L - stage.run.clock().originNanos());
    assertThat(second.times().start()).hasValue(second.times().arrival());
  }

  @Test
  void anEndOfTheRunWhileAUserThinksIsATurnThatWasNotReached() {
    LlmActionBuilder call = says("go on").thinkTime(Duration.ofSeconds(3));
    make(call, stage.user());
    stage.service.answer(0, "One.");
    make(call, last());
    stage.run.drain();
    stage.advance(Duration.ofSeconds(4));

    assertThat(stage.service.requests()).hasSize(1);
    assertThat(stage.records()).hasSize(1);
    assertThat(problems()).isEmpty();
  }

  @Test
  void aTurnThatTheSpendDoesNotAllowIsNotSentAndItsUserGoesNoFurther() {
    stage.close();
    stage = Stage.of(Stage.settings(folder, "llm.spend.maxTokens=95"), PlayedService.silent());
    // An estimate of 5 tokens for each message, 50 of output, and 12 that each call has spent.
    Session one = answered(says("one?").maxTokens(50), stage.user(), "One.");
    Session two = answered(says("two?").maxTokens(50), one, "Two.");
    make(says("six?").maxTokens(50), two);

    assertThat(stage.service.requests()).hasSize(2);
    assertThat(last()).isSameAs(two);
    assertThat(stage.records()).hasSize(2);
    assertThat(problems()).isEmpty();
  }

  @Test
  void theRecordedAnswerTakesThePlaceOfTheServicesIfItIsPreferredOrThatHasNoText() {
    Message recorded = Message.assistant("As recorded.");
    LlmActionBuilder preferred =
        says("one?").recordedAnswer(s -> new Dialogue.Recorded(List.of(recorded), true));
    LlmActionBuilder beside =
        says("two?").recordedAnswer(s -> new Dialogue.Recorded(List.of(recorded), false));
    Session one = answered(preferred, stage.user(), "One.");
    Session two = answered(beside, one, "Two.");
    make(beside, two);
    callTool(stage.service.call(2));
    answered(says("four?"), last(), "Four.");

    assertThat(said(request(3)))
        .containsExactly(
            "user: one?",
            "assistant: As recorded.",
            "user: two?",
            "assistant: Two.",
            "user: two?",
            "assistant: As recorded.",
            "user: four?");
  }

  private void callTool(CallListener call) {
    call.outputWithoutText(stage.clock.nanos(), OutputKind.TOOL_CALL);
    call.output(stage.clock.nanos(), OutputKind.TOOL_CALL, "{\"city\":\"Ulm\"}");
    call.finish("tool_calls");
    call.completed(stage.clock.nanos());
  }

  @Test
  void checksSeeTheAnswerItsJsonAndTheArgumentsOfATool() {
    Session one =
        answered(
            llm("chat").prompt("?").check(answer().saveAs("all"), answerJson("a").saveAs("a")),
            stage.user(),
            "{\"a\":\"b\"}");
    assertThat(new io.gatling.javaapi.core.Session(one).getString("all"))
        .isEqualTo("{\"a\":\"b\"}");
    assertThat(new io.gatling.javaapi.core.Session(one).getString("a")).isEqualTo("b");

    make(llm("chat").prompt("?").check(toolCall().is("{\"city\":\"Ulm\"}")), stage.user());
    callTool(stage.service.call(1));
    answered(llm("chat").prompt("?").check(toolCall().notExists()), stage.user(), "No tool.");
    assertThat(stage.records()).allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
  }

  @Test
  void anAnswerThatBreaksItsSchemaFailsTheCallAndNamesThePlaceInTheSchema() {
    LlmActionBuilder call =
        llm("chat")
            .prompt("?")
            .check(answerSchema("{\"type\":\"object\",\"required\":[\"name\"]}"));
    answered(call, stage.user(), "{\"name\":\"Aare\"}");
    answered(call, stage.user(), "{\"secret\":1}");
    answered(call, stage.user(), "Aare");

    assertThat(stage.records())
        .extracting(CallRecord::outcome)
        .containsExactly(Outcome.SUCCEEDED, Outcome.CHECK_FAILED, Outcome.CHECK_FAILED);
    assertThat(stage.records())
        .extracting(CallRecord::error)
        .containsExactly(
            "",
            "check failed: answerSchema.find.exists: the answer breaks its schema at #/required",
            "check failed: answerSchema.find.exists: the answer is not JSON");
  }

  @Test
  void aServiceThatKeepsTheConversationGetsWhatIsNewAndTheIdOfTheLastAnswer() {
    LlmActionBuilder call = says("go on").systemPrompt("Be brief.").storedByService();
    make(call, stage.user());
    stage.service.answer(0, "One.");
    make(call, last());
    callTool(stage.service.call(1));
    make(call, last());

    assertThat(said(request(0))).containsExactly("system: Be brief.", "user: go on");
    assertThat(said(request(1))).containsExactly("user: go on");
    assertThat(request(1).extraBody()).containsEntry("previous_response_id", "answer");
    // An answer without an id is not known to the service: all is sent.
    assertThat(said(request(2))).hasSize(5).startsWith("system: Be brief.");
    assertThat(request(2).extraBody()).doesNotContainKey("previous_response_id");
  }

  @Test
  void cachePointsStandAtTheEndOfThisTurnAndOfTheOneBefore() {
    LlmActionBuilder call = says("go on").cachePoints();
    Session one = answered(call, stage.user(), "One.");
    Session two = answered(call, one, "Two.");
    answered(call, two, "Three.");

    assertThat(request(2).messages())
        .extracting(Message::cachePoint)
        .containsExactly(
            CachePoint.NONE,
            CachePoint.NONE,
            CachePoint.DEFAULT,
            CachePoint.NONE,
            CachePoint.DEFAULT);
  }

  @Test
  void whatAUserHoldsSaysNoneOfItsWordsInText() {
    Session one = answered(says("private question"), stage.user(), "private answer");
    assertThat(one.toString()).doesNotContain("private");
  }

  @Test
  void aNegativeThinkTimeIsRefused() {
    assertThatThrownBy(() -> says("x").thinkTime(Duration.ofMillis(-1)))
        .hasMessage("thinkTime must be 0 or more, was PT-0.001S");
  }
}
