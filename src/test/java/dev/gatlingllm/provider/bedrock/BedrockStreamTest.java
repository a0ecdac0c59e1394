package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streamed answers over real sockets, in both protocols. */
class BedrockStreamTest {

  private static final LlmRequest HI = LlmRequest.ofPrompt("Hi");

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsHeadOutputsFinishUsageAndEndInOrder(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      stub.take().stream()
          .bytes(Frames.event("messageStart", "{\"role\":\"assistant\"}"))
          .bytes(Frames.delta("{\"reasoningContent\":{\"text\":\"A greeting.\"}}"))
          .bytes(Frames.text("Hello there,"))
          .bytes(Frames.text(" you"))
          .bytes(Frames.delta("{\"toolUse\":{\"input\":\"{}\"}}"))
          .bytes(Frames.stop("tool_use"))
          .bytes(Frames.usage(12, 7))
          .end();

      assertThat(listener.events())
          .containsExactly(
              "head:200",
              "REASONING:A greeting.",
              "CONTENT:Hello there,",
              "CONTENT: you",
              "TOOL_CALL:{}",
              "finish:tool_use",
              "usage",
              "completed");
      assertThat(listener.head())
          .isEqualTo(
              new ResponseHead(
                  200,
                  "request-1",
                  "us-east-1",
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  OptionalDouble.empty()));
      assertThat(listener.usage())
          .isEqualTo(
              new TokenUsage(
                  OptionalLong.of(12),
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  OptionalLong.of(7),
                  OptionalLong.empty()));
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anInterimAnswerIsNotTheAnswer(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      for (int status : new int[] {100, 102, 103, 199}) {
        RecordingListener listener = new RecordingListener();
        client.start(HI, listener);
        stub.take().interim(status).interim(status).stream()
            .bytes(Frames.text("after " + status))
            .bytes(Frames.stop("end_turn"))
            .bytes(Frames.usage(1, 2))
            .end();

        assertThat(listener.events())
            .containsExactly(
                "head:200", "CONTENT:after " + status, "finish:end_turn", "usage", "completed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theEndOfAnInterimAnswerIsNotTheEndOfACall(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener first = new RecordingListener();
      client.start(HI, first);
      StubCall one = stub.take().interim(103);
      RecordingListener second = new RecordingListener();
      client.start(HI, second);
      StubCall two = stub.take();
      one.stream().bytes(Frames.text("one")).bytes(Frames.stop("end_turn")).end();
      two.stream().bytes(Frames.text("two")).bytes(Frames.stop("end_turn")).end();

      assertThat(first.events()).contains("CONTENT:one").endsWith("completed");
      assertThat(second.events()).contains("CONTENT:two").endsWith("completed");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anInterimAnswerBeforeAWholeOneIsNotTheAnswerEither(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI.withStreaming(false), listener);
      stub.take().interim(103).json(403, "{\"message\":\"no\"}");

      assertThat(listener.failure().status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsAChunkBeforeTheNextOneIsSent(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call = stub.take().stream();
      listener.awaitHead();
      call.bytes(Frames.text("first"));
      RecordingListener.Told first = listener.nextOutput();
      call.bytes(Frames.text("second"));
      RecordingListener.Told second = listener.nextOutput();
      call.bytes(Frames.stop("end_turn")).end();

      assertThat(first.what()).isEqualTo("CONTENT:first");
      assertThat(second.what()).isEqualTo("CONTENT:second");
      assertThat(second.nanos()).isGreaterThan(first.nanos());
      assertThat(listener.events()).endsWith("finish:end_turn", "completed");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void readsAStreamThatComesInSingleBytes(Protocol protocol) throws Exception {
    byte[] stream =
        Frames.concat(
            Frames.text("grün"), Frames.text("blau"), Frames.stop("end_turn"), Frames.usage(1, 2));
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call = stub.take().stream();
      for (byte one : stream) {
        call.bytes(new byte[] {one});
      }
      call.end();

      assertThat(listener.events())
          .containsExactly(
              "head:200", "CONTENT:grün", "CONTENT:blau", "finish:end_turn", "usage", "completed");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isBrokenByACutBeforeMessageStop(Protocol protocol) throws Exception {
    Failure failure =
        failureOf(protocol, call -> call.stream().bytes(Frames.text("Hel")).cut(), "head:200");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN);
    assertThat(failure.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isBrokenByACutWithinAFrame(Protocol protocol) throws Exception {
    byte[] half = Arrays.copyOf(Frames.text("Hello"), 20);
    Failure failure = failureOf(protocol, call -> call.stream().bytes(half).cut(), "head:200");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN);
  }

  /** Over HTTP/1.1 the SDK's client passes such a cut off as the end of the body. */
  @Test
  void isBrokenByACutAfterMessageStopOverHttp2() throws Exception {
    Failure failure =
        failureOf(
            Protocol.HTTP2, call -> call.stream().bytes(Frames.stop("end_turn")).cut(), "head:200");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isBrokenByAReset(Protocol protocol) throws Exception {
    Failure failure =
        failureOf(protocol, call -> call.stream().bytes(Frames.text("Hel")).reset(), "head:200");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN);
    assertThat(failure.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isBrokenByAConnectionLostBeforeAnyAnswer(Protocol protocol) throws Exception {
    Failure failure = failureOf(protocol, StubCall::drop, "failed:BROKEN");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BROKEN);
    assertThat(failure.status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isMalformedByAWrongChecksumAndLetsTheStreamGo(Protocol protocol) throws Exception {
    byte[] frame = Frames.text("Hello");
    frame[frame.length - 1] ^= 1;
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call = stub.take().stream().bytes(frame);

      assertThat(listener.failure())
          .isEqualTo(
              new Failure(
                  Failure.Kind.MALFORMED, 200, "", "the checksum of a frame does not match"));
      call.awaitGivenUp();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isMalformedByAnAnswerThatIsNoEventStream(Protocol protocol) throws Exception {
    assertThat(failureOf(protocol, call -> call.json(200, "{}"), "head:200").kind())
        .isEqualTo(Failure.Kind.MALFORMED);
    assertThat(failureOf(protocol, call -> call.json(200, ""), "head:200").kind())
        .isEqualTo(Failure.Kind.MALFORMED);
    assertThat(
            failureOf(
                    protocol, call -> call.json(200, "<html>not what you asked</html>"), "head:200")
                .kind())
        .isEqualTo(Failure.Kind.MALFORMED);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isThrottledByAnExceptionInTheStreamAndLetsItGo(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      StubCall call =
          stub.take().stream()
              .bytes(Frames.text("Hel"))
              .bytes(Frames.exception("throttlingException", "{\"message\":\"Too many tokens\"}"));

      assertThat(listener.failure())
          .isEqualTo(
              new Failure(Failure.Kind.THROTTLED, 200, "throttlingException", "Too many tokens"));
      call.awaitGivenUp();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void letsAHangingStreamGoWhenItIsGivenUp(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      var handle = client.start(HI, listener);
      StubCall call = stub.take().stream().bytes(Frames.text("Hel"));
      listener.nextOutput();

      handle.cancel();
      handle.cancel();

      call.awaitGivenUp();
      assertThat(listener.toldSoFar()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void letsARequestGoThatIsGivenUpBeforeItsAnswer(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      var handle = client.start(HI, listener);
      StubCall call = stub.take();

      handle.cancel();

      call.awaitGivenUp();
      assertThat(listener.toldSoFar()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void failsCallsInFlightWhenItIsClosed(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol)) {
      BedrockClient client = new BedrockClient(Settings.to(stub, protocol));
      RecordingListener streaming = new RecordingListener();
      RecordingListener waiting = new RecordingListener();
      client.start(HI, streaming);
      stub.take().stream().bytes(Frames.text("Hel"));
      streaming.nextOutput();
      client.start(HI, waiting);
      stub.take();

      client.close();

      assertThat(streaming.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
      assertThat(waiting.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
      RecordingListener late = new RecordingListener();
      client.start(HI, late);
      assertThat(late.failure().kind()).isEqualTo(Failure.Kind.CRASHED);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void failsCallsThatWaitForAPlaceWhenItIsClosed(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol)) {
      BedrockClient client = new BedrockClient(Settings.narrow(stub, protocol));
      RecordingListener first = new RecordingListener();
      RecordingListener second = new RecordingListener();
      client.start(HI, first);
      stub.take();
      client.start(HI, second);

      client.close();

      assertThat(first.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
      second.awaitEnd();
      assertThat(stub.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void lendsThePlaceOfACallThatWasGivenUpToTheNext(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.narrow(stub, protocol))) {
      for (int i = 0; i < 3; i++) {
        var handle = client.start(HI, new RecordingListener());
        stub.take();
        handle.cancel();
      }
      RecordingListener last = new RecordingListener();
      client.start(HI, last);
      stub.take().stream().bytes(Frames.stop("end_turn")).end();

      assertThat(last.events()).containsExactly("head:200", "finish:end_turn", "completed");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void keepsFiftyStreamsApart(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      List<RecordingListener> listeners = new ArrayList<>();
      List<StubCall> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        listeners.add(new RecordingListener());
        client.start(LlmRequest.ofPrompt("#" + i + "#"), listeners.get(i));
        if (i == 0) {
          // Calls that start before a connection is there open connections of their own.
          calls.add(stub.take().stream());
        }
      }
      for (int i = 1; i < 50; i++) {
        calls.add(stub.take().stream());
      }
      for (int round = 0; round < 5; round++) {
        calls.forEach(call -> call.bytes(Frames.text(numberIn(call.body()))));
      }
      calls.forEach(call -> call.bytes(Frames.stop("end_turn")).end());

      for (int i = 0; i < 50; i++) {
        String own = "CONTENT:" + i;
        assertThat(listeners.get(i).events())
            .containsExactly("head:200", own, own, own, own, own, "finish:end_turn", "completed");
      }
      assertThat(stub.requests()).isEqualTo(50);
      assertThat(stub.connections()).isLessThanOrEqualTo(protocol == Protocol.HTTP2 ? 4 : 50);
    }
  }

  /** Three times the idle time passes, so a limit that counted silence would have struck. */
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void openingAConnectionIsInTheLatencyOfTheCallThatNeedsIt(Protocol protocol) throws Exception {
    AtomicLong readings = new AtomicLong();
    try (StubBedrock stub = new StubBedrock(protocol, BedrockStreamTest::hi);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol, readings))) {
      assertThat(call(client).sent()).as("handed over: the first reading").hasValue(1);
    }
  }

  @Test
  void theWayToAnOpenConnectionIsInNoLatency() throws Exception {
    AtomicLong readings = new AtomicLong();
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2, BedrockStreamTest::hi);
        BedrockClient client = new BedrockClient(Settings.to(stub, Protocol.HTTP2, readings))) {
      call(client);
      long before = readings.get();

      assertThat(call(client).sent().orElseThrow())
          .as("written: not the first reading")
          .isGreaterThan(before + 1);
    }
  }

  private static RecordingListener call(BedrockClient client) {
    RecordingListener listener = new RecordingListener();
    client.start(HI, listener);
    assertThat(listener.events()).endsWith("completed");
    return listener;
  }

  private static void hi(StubCall call) {
    call.stream()
        .bytes(Frames.text("Hi"))
        .bytes(Frames.stop("end_turn"))
        .bytes(Frames.usage(1, 1))
        .end();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void keepsTheConnectionOfAnAnswerThatTheSdkIsNotShown(Protocol protocol) throws Exception {
    int calls = 20;
    try (StubBedrock stub = new StubBedrock(protocol, BedrockStreamTest::hi);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      for (int i = 0; i < calls; i++) {
        call(client);
      }

      // A call may find the connection of the one before it not yet put back.
      assertThat(stub.connections()).isLessThan(calls / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void keepsASilentStreamAliveLongerThanAnIdleConnection(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol)) {
      BedrockSettings settings = Settings.to(stub, protocol);
      Transport transport = new Transport(settings, Duration.ofSeconds(1));
      try (BedrockClient client = new BedrockClient(settings, transport)) {
        RecordingListener listener = new RecordingListener();
        client.start(HI, listener);
        StubCall call = stub.take().stream();
        listener.awaitHead();
        TimeUnit.SECONDS.sleep(3);
        call.bytes(Frames.text("slow")).bytes(Frames.stop("end_turn")).end();

        assertThat(listener.events())
            .containsExactly("head:200", "CONTENT:slow", "finish:end_turn", "completed");
      }
    }
  }

  private static String numberIn(String body) {
    return body.substring(body.indexOf('#') + 1, body.lastIndexOf('#'));
  }

  private static Failure failureOf(Protocol protocol, Consumer<StubCall> answer, String... first)
      throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      answer.accept(stub.take());
      assertThat(listener.events()).startsWith(first);
      assertThat(stub.requests()).isEqualTo(1);
      return listener.failure();
    }
  }
}
