package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.chat.FullBacklog;
import dev.gatlingllm.provider.connection.NameLookup;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

  private static final Duration LIMIT = Duration.ofMillis(300);
  private static final Duration FAR_BELOW_ANY_DEFAULT = Duration.ofSeconds(8);

  private static HttpTransport transport(NameLookup lookup) {
    return new HttpTransport(
        "test",
        ClientSettings.of(LIMIT, 10, NanoClock.SYSTEM),
        URI.create("http://any.example"),
        Optional.empty(),
        lookup);
  }

  private static Failure failureOf(HttpTransport transport, String address) throws Exception {
    try {
      transport
          .client()
          .get()
          .uri(address)
          .response()
          .toFuture()
          .get(FAR_BELOW_ANY_DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      return TransportFailures.describe(e.getCause(), 0);
    }
    throw new AssertionError("it was answered");
  }

  @Test
  void theEventLoopsAreEpollsWhateverElseTheKernelHas() {
    assumeTrue(Epoll.isAvailable());
    try (HttpTransport transport = transport(NameLookup.JDK)) {
      assertThat(transport.eventLoops())
          .isNotEmpty()
          .allMatch(loop -> ((IoEventLoop) loop).isIoType(EpollIoHandler.class));
    }
  }

  @Test
  void aLookUpThatNeverReturnsEndsAtTheLimit() throws Exception {
    Semaphore over = new Semaphore(0);
    try (HttpTransport transport =
        transport(
            host -> {
              over.acquireUninterruptibly();
              return List.of();
            })) {
      assertThat(failureOf(transport, "http://slow.example/").kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    } finally {
      over.release();
    }
  }

  @Test
  void allAddressesOfANameTogetherHaveOneLimit() throws Exception {
    try (FullBacklog server = FullBacklog.open();
        HttpTransport transport =
            transport(host -> Collections.nCopies(100, InetAddress.getLoopbackAddress()))) {
      assumeTrue(server.ignoresConnections(), "this system answers beyond the backlog");

      assertThat(
              failureOf(transport, "http://many.example:" + server.address().getPort() + "/")
                  .kind())
          .isEqualTo(Failure.Kind.CONNECT_TIMEOUT);
    }
  }

  @Test
  void anErrorOfTheLookUpIsNoHang() {
    try (HttpTransport transport =
        transport(
            host -> {
              throw new NoClassDefFoundError("x");
            })) {
      assertThatThrownBy(
              () ->
                  transport
                      .client()
                      .get()
                      .uri("http://any.example/")
                      .response()
                      .toFuture()
                      .get(60, TimeUnit.SECONDS))
          .hasStackTraceContaining("the name could not be looked up");
    }
  }
}
