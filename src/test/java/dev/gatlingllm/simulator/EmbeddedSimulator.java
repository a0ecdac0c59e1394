package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The simulator without sockets and threads: its clock and its timers move by hand, together. */
final class EmbeddedSimulator {

  /** Buffers that the garbage collector may have: tests do not release what they read. */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

  private final ManualClock clock = new ManualClock();
  private final Endpoint endpoint;
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  EmbeddedSimulator(SimulatorSettings settings) {
    endpoint = Endpoint.of(settings, clock, Runnable::run);
  }

  /** The text that a path is answered. */
  String get(String path) {
    EmbeddedChannel channel = send(HttpMethod.GET, path, "");
    return ((FullHttpResponse) channel.readOutbound()).content().toString(UTF_8);
  }

  /** Sends a request on a connection of its own. */
  EmbeddedChannel post(String path, String body) {
    return send(HttpMethod.POST, path, body);
  }

  private EmbeddedChannel send(HttpMethod method, String path, String body) {
    EmbeddedChannel channel = new EmbeddedChannel(new CallHandler(endpoint));
    channel.config().setAllocator(HEAP);
    channel.freezeTime();
    channels.add(channel);
    channel.writeInbound(
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, method, path, Unpooled.copiedBuffer(body, UTF_8)));
    runDue();
    return channel;
  }

  void advanceMillis(long millis) {
    clock.advance(Duration.ofMillis(millis));
    channels.forEach(channel -> channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS));
    runDue();
  }

  /** The calls that have ended. */
  List<SimulatedCall> calls() {
    return endpoint.log().calls();
  }

  long inFlight() {
    return endpoint.counters().inFlight();
  }

  /** How many messages have been written since the last time. */
  static int written(EmbeddedChannel channel) {
    int count = channel.outboundMessages().size();
    channel.outboundMessages().clear();
    return count;
  }

  /** Twice, since a call that ends may hand its place to one on a channel that was run before. */
  private void runDue() {
    for (int i = 0; i < 2; i++) {
      channels.forEach(EmbeddedChannel::runPendingTasks);
      channels.forEach(EmbeddedChannel::runScheduledPendingTasks);
    }
  }
}
