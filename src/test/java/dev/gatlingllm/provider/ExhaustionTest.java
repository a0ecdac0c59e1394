package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure.Kind;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExhaustionTest {

  static Stream<Arguments> ofTheClient() {
    return Stream.of(
        Arguments.of(new SocketException("Too many open files"), "file descriptors"),
        Arguments.of(new IOException("Too many open files in system"), "file descriptors"),
        Arguments.of(new FileSystemException("a", null, "Too many open files"), "file descriptors"),
        Arguments.of(
            new ChannelException(
                "Unable to create Channel",
                new IOException("newSocketStream(..) failed with error(-24): x")),
            "file descriptors"),
        Arguments.of(
            new IOException("newSocketStream(..) failed with error(-23): x"), "file descriptors"),
        Arguments.of(
            new CompletionException(new IOException(new SocketException("Too many open files"))),
            "file descriptors"),
        Arguments.of(new BindException("Address already in use"), "local ports"),
        Arguments.of(
            new ConnectException("Cannot assign requested address: /127.0.0.1:80"), "local ports"),
        Arguments.of(new NoRouteToHostException("Cannot assign requested address"), "local ports"),
        Arguments.of(
            new OutOfMemoryError("unable to create native thread: possibly out of memory"),
            "threads"),
        Arguments.of(new OutOfMemoryError("Java heap space"), "memory"),
        Arguments.of(new RuntimeException(new OutOfMemoryError()), "memory"),
        Arguments.of(new IOException("Cannot allocate memory"), "memory"),
        Arguments.of(new SocketException("No buffer space available"), "memory"));
  }

  @ParameterizedTest
  @MethodSource("ofTheClient")
  void theClientsOwnExhaustionIsNeitherTheServicesNorTheNetworks(Throwable cause, String what) {
    Failure failure = Failure.of(Kind.UNREACHABLE, cause);

    assertThat(failure.kind()).isEqualTo(Kind.EXHAUSTED);
    assertThat(failure.code()).isEqualTo(what);
    assertThat(Failure.ofExhaustion(cause)).contains(failure);
  }

  static Stream<Throwable> ofOthers() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketException("Connection reset"),
        new IllegalStateException("Too many open files, says the model"),
        new IOException(),
        new IOException("error(-104): Connection reset by peer"));
  }

  @ParameterizedTest
  @MethodSource("ofOthers")
  void whatOthersDidIsWhatItWas(Throwable cause) {
    assertThat(Failure.of(Kind.BROKEN, cause).kind()).isEqualTo(Kind.BROKEN);
    assertThat(Failure.ofExhaustion(cause)).isEmpty();
  }

  @Test
  void aCauseThatIsItsOwnEnds() {
    IOException first = new IOException("first");
    first.initCause(new IOException("second", first));

    assertThat(Failure.ofExhaustion(first)).isEmpty();
  }
}
