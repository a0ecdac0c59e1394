package dev.gatlingllm.provider.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import dev.gatlingllm.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AppAnswerTest {

  private static final String ID = "0a1b2c3d-0000-1111-2222-333344445555";

  private final List<String> events = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private long nowNanos;
  private final OpenCalls calls =
      new OpenCalls(
          () -> nowNanos, () -> Instant.EPOCH, Optional.of(Secret.of("s3cr3t-key")), Runnable::run);

  @Test
  void theTextOfAnObjectIsToldWithTheInstantOfItsLastBytes() {
    HttpCall call = call(json());
    call.sent();
    at(10).head(call, 200);
    at(20).body(call, "{\"conversation_id\":\"" + ID + "\",\"ans");
    at(30).body(call, "wer\":\"Forty-two.\"}");
    at(35).end(call);

    assertThat(events)
        .containsExactly("0 sent", "10 head 200", "30 output Forty-two.", "35 completed");
    assertThat(kept).containsExactly(ID);
  }

  @Test
  void anObjectWithoutTextAtThePlaceHasNoOutput() {
    HttpCall call = call(json());
    call.head(200, name -> null);
    body(call, "{\"conversation_id\":7,\"answer\":null}");
    call.end();

    assertThat(events).containsExactly("0 head 200", "0 completed");
    assertThat(kept).containsExactly("7");
  }

  @Test
  void whatIsNoJsonIsMalformedAndItsTextIsNotQuoted() {
    HttpCall call = call(json());
    call.head(200, name -> null);
    body(call, "<html>private</html>");
    call.end();

    assertThat(events)
        .hasSize(2)
        .last()
        .asString()
        .startsWith("0 failed MALFORMED html-page a page where one JSON object should be: 20 bytes")
        .doesNotContain("private");
  }

  @Test
  void aRedirectIsReportedWithItsPlaceAndWithoutItsQuery() {
    HttpCall call = call(json());
    call.head(
        302, name -> name.equals("location") ? "https://login.example/authorize?state=s" : null);
    body(call, "<html>moved</html>");
    call.end();

    assertThat(events)
        .containsExactly(
            "0 head 302",
            "0 failed REJECTED redirect redirected to https://login.example/authorize");
  }

  @Test
  void eachEventIsStampedAndTheLastMarkerIsNoText() {
    HttpCall call = call(new AppFormat.Events(path("answer"), path("conversation_id")));
    at(1).head(call, 200);
    at(2).body(call, "data: {\"conversation_id\":\"" + ID + "\",\"answer\":\"\"}\n\n");
    at(3).body(call, "data: {\"answer\":\"For");
    at(4).body(call, "ty\"}\n\ndata: -two\n\n");
    at(5).body(call, "data: [DONE]\n\n");
    at(6).end(call);

    assertThat(events)
        .containsExactly("1 head 200", "4 output Forty", "4 output -two", "6 completed");
    assertThat(kept).containsExactly(ID);
  }

  @Test
  void plainTextIsToldAsItComesAlsoIfACharacterIsCut() {
    HttpCall call = call(new AppFormat.Text(Optional.empty()));
    at(1).head(call, 200);
    byte[] text = "né!".getBytes(UTF_8);
    nowNanos = 2;
    call.body(ByteBuffer.wrap(text, 0, 2));
    nowNanos = 3;
    call.body(ByteBuffer.wrap(text, 2, 2));
    at(4).end(call);

    assertThat(events).containsExactly("1 head 200", "2 output n", "3 output é!", "4 completed");
  }

  @Test
  void theIdBeforeAPlainTextIsKeptAndIsNoOutput() {
    HttpCall call = call(text());
    at(1).head(call, 200);
    at(2).body(call, ID.substring(0, 20));
    at(3).body(call, ID.substring(20) + " ");
    at(4).body(call, "Forty");
    at(5).body(call, "-two");
    at(6).end(call);

    assertThat(events)
        .containsExactly("1 head 200", "4 output Forty", "5 output -two", "6 completed");
    assertThat(kept).containsExactly(ID);
  }

  @Test
  void anIdThatEndsWithItsPieceIsKept() {
    HttpCall call = call(AppFormat.Text.of("llm.rag.conversationId", "(\\S+) "));
    at(1).head(call, 200);
    at(2).body(call, ID + " ");
    at(3).body(call, " Forty-two");
    at(4).end(call);

    assertThat(events).containsExactly("1 head 200", "3 output  Forty-two", "4 completed");
    assertThat(kept).containsExactly(ID);
  }

  @Test
  void aPlainTextWithoutAnIdIsToldWithTheInstantOfItsFirstBytes() {
    HttpCall call = call(text());
    at(1).head(call, 200);
    at(2).body(call, "Fo");
    at(3).body(call, "rty");
    at(4).end(call);

    assertThat(events.get(1)).startsWith("2 output Fo");
    assertThat(kept).isEmpty();
  }

  @Test
  void anIdWithoutAnAnswerIsAnEmptyAnswer() {
    HttpCall call = call(text());
    call.head(200, name -> null);
    body(call, ID + " ");
    call.end();

    assertThat(events).containsExactly("0 head 200", "0 completed");
    assertThat(kept).containsExactly(ID);
  }

  @Test
  void aRefusalIsReadAndTheKeyIsNotRepeated() {
    HttpCall call = call(json());
    call.head(401, Map.of("x-request-id", "r-1")::get);
    body(call, "{\"error\":{\"code\":\"401\",\"message\":\"bad key s3cr3t-key\"}}");
    call.end();

    assertThat(events).containsExactly("0 head 401", "0 failed REJECTED 401 bad key ***");
  }

  @Test
  void tooManyRequestsAreThrottledAndAnotherSuccessThan200IsOne() {
    HttpCall throttled = call(json());
    throttled.head(429, name -> null);
    throttled.end();
    HttpCall accepted = call(json());
    accepted.head(202, name -> null);
    body(accepted, "{\"answer\":\"yes\"}");
    accepted.end();

    assertThat(events.get(1)).startsWith("0 failed THROTTLED");
    assertThat(events.get(3)).isEqualTo("0 output yes");
  }

  @Test
  void aBreakInTheMiddleIsBrokenAndNothingIsToldAfterTheEnd() {
    HttpCall call = call(new AppFormat.Text(Optional.empty()));
    call.head(200, name -> null);
    body(call, "For");
    call.error(new IOException("Premature close"));
    body(call, "ty");
    call.end();
    call.error(new TimeoutException());

    assertThat(events)
        .containsExactly(
            "0 head 200", "0 output For", "0 failed BROKEN IOException Premature close");
    assertThat(call.ended()).isTrue();
  }

  @Test
  void placesAndExpressionsAreChecked() {
    assertThatThrownBy(() -> AppFormat.Path.of("llm.rag.text", "a["))
        .hasMessage("llm.rag.text must be a JMESPath expression, was \"a[\"");
    assertThatThrownBy(() -> AppFormat.Text.of("llm.rag.conversationId", "[a-f]+"))
        .hasMessage(
            "llm.rag.conversationId must be a regular expression with one group, was \"[a-f]+\"");
  }

  private static AppFormat json() {
    return new AppFormat.Json(path("answer"), path("conversation_id"));
  }

  private static AppFormat text() {
    return AppFormat.Text.of("llm.rag.conversationId", "([0-9a-f-]{36})\\s+");
  }

  private static AppFormat.Path path(String expression) {
    return AppFormat.Path.of("key", expression);
  }

  private HttpCall call(AppFormat format) {
    return calls.open(format.answers(kept::add), new Recorder());
  }

  private AppAnswerTest at(long nanos) {
    nowNanos = nanos;
    return this;
  }

  private void head(HttpCall call, int status) {
    call.head(status, name -> null);
  }

  private void body(HttpCall call, String text) {
    call.body(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private void end(HttpCall call) {
    call.end();
  }

  private final class Recorder implements CallListener {
    @Override
    public void sent(long nanos) {
      events.add(nanos + " sent");
    }

    @Override
    public void head(long nanos, ResponseHead head) {
      events.add(nanos + " head " + head.status());
    }

    @Override
    public void output(long nanos, OutputKind kind, String text) {
      events.add(nanos + " output " + text);
    }

    @Override
    public void usage(TokenUsage usage) {
      events.add("usage");
    }

    @Override
    public void finish(String reason) {
      events.add("finish");
    }

    @Override
    public void completed(long nanos) {
      events.add(nanos + " completed");
    }

    @Override
    public void failed(long nanos, Failure failure) {
      String code = failure.code().isEmpty() ? "" : " " + failure.code();
      events.add(nanos + " failed " + failure.kind() + code + " " + failure.message());
    }
  }
}
