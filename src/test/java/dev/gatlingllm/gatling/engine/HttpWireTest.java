package dev.gatlingllm.gatling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpWireTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final EmbeddedChannel timers = EmbeddedChannel.builder().ticker(clock).build();
  private final EmbeddedChannel connection = new EmbeddedChannel();
  private final RecordingListener listener = new RecordingListener();
  private final HttpCall call = call(timers.eventLoop());
  private final HttpWire wire = new HttpWire(timers.eventLoop(), call);

  private HttpCall call(EventLoop loop) {
    AppFormat json = new AppFormat.Json(AppFormat.Path.of("text", "answer"), AppFormat.Path.NONE);
    return new OpenCalls(clock, InstantSource.system(), Optional.empty(), loop)
        .open(json.answers(kept -> {}), listener);
  }

  private void pass(Duration duration) {
    clock.advance(duration.toNanos(), TimeUnit.NANOSECONDS);
    timers.runPendingTasks();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  @Test
  void whatTheClientSaysOfTheResponseReachesTheCallInItsOrder() {
    wire.onWrite(connection);
    wire.onHttpResponse(HttpResponseStatus.OK, new DefaultHttpHeaders());
    wire.onHttpResponseBodyChunk(bytes("{\"answer\":"), false);
    wire.onHttpResponseBodyChunk(bytes("\"Paris\"}"), true);

    assertThat(listener.events).containsExactly("head 200", "output Paris", "completed");
  }

  @Test
  void aCallThatNoConnectionTookInTimeEndsAndIsClosedWhenOneDoes() {
    wire.connectWithin(LIMIT);
    pass(LIMIT.minusNanos(1));
    assertThat(listener.events).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(listener.events).hasSize(1);
    assertThat(listener.events.get(0)).startsWith("failed CONNECT_TIMEOUT");

    wire.onWrite(connection);
    connection.runPendingTasks();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatTookTheRequestKeepsTheLimitOut() {
    wire.connectWithin(LIMIT);
    wire.onWrite(connection);
    pass(LIMIT.multipliedBy(2));
    assertThat(listener.events).isEmpty();
  }

  @Test
  void aTransportThatFailsFailsTheCall() {
    wire.onWrite(connection);
    wire.onThrowable(new IOException("Connection reset"));
    assertThat(listener.events).hasSize(1);
    assertThat(listener.events.get(0)).contains("Connection reset");
  }

  @Test
  void aCallThatIsGivenUpClosesItsConnection() {
    wire.onWrite(connection);
    call.cancel();
    timers.runPendingTasks();
    connection.runPendingTasks();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aCallThatHasEndedLeavesItsConnectionToTheNext() {
    wire.onWrite(connection);
    wire.onHttpResponse(HttpResponseStatus.OK, new DefaultHttpHeaders());
    wire.onHttpResponseBodyChunk(bytes("{\"answer\":\"Paris\"}"), true);
    call.cancel();
    timers.runPendingTasks();
    connection.runPendingTasks();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void givingUpAfterTheRunDoesNothing() {
    DefaultEventLoop gone = new DefaultEventLoop();
    gone.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    HttpCall given = call(gone);
    HttpWire late = new HttpWire(gone, given);
    late.onWrite(connection);
    given.cancel();
    assertThat(connection.isOpen()).isTrue();
  }
}
