package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SdkConnectionsTest {

  private static final AttributeKey<CompletableFuture<String>> NEGOTIATION =
      AttributeKey.valueOf("aws.http.nio.netty.async.protocolFuture");

  private final AtomicLong now = new AtomicLong(100);
  private final SdkConnections connections =
      new SdkConnections(
          EmbeddedChannel::new,
          now::get,
          new ConnectLimit(Duration.ofSeconds(3), NanoClock.SYSTEM),
          new IdleLimit(Duration.ofSeconds(4), now::get));

  @Test
  void noneWasOpenedAsLongAsNoneWasAskedFor() {
    assertThat(connections.anyOpenedSince(0)).isFalse();
  }

  @Test
  void aConnectionIsBeingOpenedUntilItsProtocolIsChosen() {
    Channel channel = connections.newChannel();
    CompletableFuture<String> negotiation = new CompletableFuture<>();
    channel.attr(NEGOTIATION).set(negotiation);
    assertThat(connections.anyOpenedSince(100)).isTrue();

    channel.pipeline().fireChannelActive();
    now.set(200);
    assertThat(connections.anyOpenedSince(200)).isTrue();

    negotiation.complete("h2");
    assertThat(connections.anyOpenedSince(200)).isTrue();
    assertThat(connections.anyOpenedSince(201)).isFalse();
  }

  @Test
  void aConnectionThatCannotBeOpenedIsNoLongerBeingOpened() {
    Channel channel = connections.newChannel();
    now.set(200);
    var unused = channel.close();

    assertThat(connections.anyOpenedSince(200)).isTrue();
    assertThat(connections.anyOpenedSince(201)).isFalse();
  }
}
