package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Failure.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportFailuresTest {

  static Stream<Arguments> beforeTheHead() {
    return Stream.of(
        Arguments.of(new ConnectTimeoutException("x"), Kind.CONNECT_TIMEOUT),
        Arguments.of(new SslHandshakeTimeoutException("x"), Kind.CONNECT_TIMEOUT),
        Arguments.of(
            new ProxyConnectException("http, none, /p:1 => a:2, timeout"), Kind.CONNECT_TIMEOUT),
        Arguments.of(new ProxyConnectException("disconnected"), Kind.UNREACHABLE),
        Arguments.of(new SocketException("Too many open files"), Kind.EXHAUSTED),
        Arguments.of(new OutOfMemoryError("Java heap space"), Kind.EXHAUSTED),
        Arguments.of(new ConnectException("x"), Kind.UNREACHABLE),
        Arguments.of(new UnknownHostException("x"), Kind.UNREACHABLE),
        Arguments.of(new SSLHandshakeException("x"), Kind.UNREACHABLE),
        Arguments.of(new DecoderException(new NotSslRecordException("x")), Kind.UNREACHABLE),
        Arguments.of(new DecoderException("x"), Kind.MALFORMED),
        Arguments.of(new PrematureChannelClosureException("x"), Kind.BROKEN),
        Arguments.of(new SocketException("x"), Kind.BROKEN),
        Arguments.of(new ClosedChannelException(), Kind.BROKEN),
        Arguments.of(new RuntimeException(new IOException("x")), Kind.BROKEN),
        Arguments.of(new IllegalStateException("x"), Kind.CRASHED),
        Arguments.of(new CredentialException(new IOException("x")), Kind.REJECTED));
  }

  @ParameterizedTest
  @MethodSource("beforeTheHead")
  void knowsWhatKeptTheHeadFromComing(Throwable cause, Kind kind) {
    Failure failure = TransportFailures.describe(cause, 0);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isZero();
  }

  static Stream<Arguments> afterTheHead() {
    return Stream.of(
        Arguments.of(new SocketException("x"), Kind.BROKEN),
        Arguments.of(new ConnectException("x"), Kind.BROKEN),
        Arguments.of(new SSLHandshakeException("x"), Kind.BROKEN),
        Arguments.of(new PrematureChannelClosureException("x"), Kind.BROKEN),
        Arguments.of(new DecoderException("x"), Kind.MALFORMED),
        Arguments.of(new DecoderException(new SSLException("x")), Kind.BROKEN),
        Arguments.of(new IllegalStateException("x"), Kind.CRASHED));
  }

  @ParameterizedTest
  @MethodSource("afterTheHead")
  void knowsWhatEndedAStream(Throwable cause, Kind kind) {
    Failure failure = TransportFailures.describe(cause, 200);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(200);
  }

  @Test
  void saysWhatIsWrongWithHttpWithoutQuotingIt() {
    assertThat(TransportFailures.describe(new DecoderException("my prompt"), 0).message())
        .startsWith("what came is no HTTP/1.1 response")
        .doesNotContain("prompt");
    assertThat(TransportFailures.describe(new DecoderException("my prompt"), 200).message())
        .startsWith("the body is not in the form that its head announces")
        .doesNotContain("prompt");
    assertThat(
            TransportFailures.describe(new ContentLengthNotAllowedException("my prompt"), 0)
                .message())
        .isEqualTo(
            "the head has both content-length and transfer-encoding, which RFC 9112 (6.3) calls an"
                + " error");
    assertThat(TransportFailures.describe(new TooLongFrameException("my prompt"), 0).message())
        .isEqualTo("a line of HTTP, or the head, is longer than this client reads");
  }

  @Test
  void namesTheCauseItRecognised() {
    Throwable wrapped = new RuntimeException("outer", new ConnectException("inner"));

    assertThat(TransportFailures.describe(wrapped, 0))
        .isEqualTo(new Failure(Kind.UNREACHABLE, 0, "ConnectException", "inner"));
  }

  @Test
  void saysWhatWasWrongWithACertificate() {
    SSLHandshakeException failed = new SSLHandshakeException("General OpenSslEngine problem");
    failed.initCause(new RuntimeException("wrapped", new IOException("no path to the root")));

    assertThat(TransportFailures.describe(failed, 0).message())
        .isEqualTo("General OpenSslEngine problem: no path to the root");
  }

  @Test
  void endsAtACauseThatIsItsOwn() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));

    assertThat(TransportFailures.describe(first, 0).code()).isEqualTo("IllegalStateException");
  }
}
