package dev.gatlingllm.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectLimitTest {

  private static final InetSocketAddress SOMEWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final AtomicLong nanos = new AtomicLong(5);
  private final ConnectLimit limit = new ConnectLimit(Duration.ofSeconds(3), nanos::get);

  /** A channel that is not active before the test says so. */
  private static final class Slow extends EmbeddedChannel {
    private boolean active;

    @Override
    public boolean isActive() {
      return active;
    }
  }

  /** Takes the place of the network, which would connect at once. */
  private static final class Network extends ChannelDuplexHandler {
    private ChannelPromise promise;

    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        SocketAddress local,
        ChannelPromise newPromise) {
      promise = newPromise;
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static SslHandler tls(Slow channel) throws Exception {
    SslContext context = SslContextBuilder.forClient().build();
    return context.newHandler(channel.alloc());
  }

  @Test
  void tcpAndTlsDrawOnOneBudget() throws Exception {
    Slow channel = new Slow();
    Network network = new Network();
    SslHandler tls = tls(channel);
    channel.pipeline().addLast(network, tls);
    limit.hold(channel);

    pass(Duration.ofSeconds(1));
    var unused = channel.connect(SOMEWHERE);
    assertThat(channel.config().getConnectTimeoutMillis()).isEqualTo(2_000);

    pass(Duration.ofMillis(1_500));
    network.promise.setSuccess();
    channel.pipeline().fireChannelActive();
    assertThat(tls.getHandshakeTimeoutMillis()).isEqualTo(500);
  }

  @Test
  void theProxysAnswerIsInTheSameBudget() throws Exception {
    Slow channel = new Slow();
    Network network = new Network();
    HttpProxyHandler proxy = new HttpProxyHandler(SOMEWHERE);
    SslHandler tls = tls(channel);
    channel.pipeline().addLast(network, proxy, tls);
    limit.hold(channel);

    var unused = channel.connect(SOMEWHERE);
    pass(Duration.ofSeconds(1));
    network.promise.setSuccess();
    channel.runPendingTasks();
    assertThat(proxy.connectTimeoutMillis()).isEqualTo(2_000);

    pass(Duration.ofSeconds(1));
    channel.pipeline().context(proxy).fireChannelActive();
    assertThat(tls.getHandshakeTimeoutMillis()).isEqualTo(1_000);
  }

  @Test
  void theLookUpIsInTheSameBudget() throws Exception {
    Opening opening = limit.begin();
    pass(Duration.ofMillis(2_900));
    Slow channel = new Slow();
    limit.hold(channel);
    channel.pipeline().addFirst(new Network());

    var unused = channel.connect(new LimitedAddress(InetAddress.getLoopbackAddress(), 1, opening));

    assertThat(channel.config().getConnectTimeoutMillis()).isEqualTo(100);
  }

  @Test
  void anAddressForWhichNothingIsLeftIsNotTried() {
    Opening opening = limit.begin();
    pass(Duration.ofSeconds(3));
    Slow channel = new Slow();
    Network network = new Network();
    limit.hold(channel);
    channel.pipeline().addFirst(network);

    ChannelFuture connected =
        channel.connect(new LimitedAddress(InetAddress.getLoopbackAddress(), 1, opening));

    assertThat(connected.cause()).isInstanceOf(ConnectTimeoutException.class);
    assertThat(network.promise).isNull();
  }

  @Test
  void aHandshakeForWhichNothingIsLeftStillHasALimit() throws Exception {
    Slow channel = new Slow();
    SslHandler tls = tls(channel);
    channel.pipeline().addLast(new Network(), tls);
    limit.hold(channel);
    var unused = channel.connect(SOMEWHERE);

    pass(Duration.ofSeconds(4));
    channel.pipeline().fireChannelActive();

    assertThat(tls.getHandshakeTimeoutMillis()).isEqualTo(1);
  }

  @Test
  void aConnectionThatIsOpenCarriesNothingOfItAnyMore() {
    Slow channel = new Slow();
    channel.pipeline().addLast(new Network());
    limit.hold(channel);

    channel.pipeline().fireChannelActive();

    assertThat(channel.pipeline().get(OpeningHandler.class)).isNull();
  }
}
