package dev.gatlingllm.calibration;

import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.TlsFailure;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections to an endpoint, one after another, without sending a request, and says how long
 * that took. Blocks its thread.
 */
public final class ConnectionProbe {

  private final URI address;
  private final boolean tls;
  private final Duration timeout;
  private final NanoClock clock;
  private final List<Long> tcpNanos = new ArrayList<>();
  private final List<Long> tlsNanos = new ArrayList<>();
  private Optional<String> tlsFailure = Optional.empty();
  private int failed;

  /**
   * A probe of an endpoint.
   *
   * @param tls whether TLS is set up as well
   * @param timeout of each connection
   */
  public ConnectionProbe(URI address, boolean tls, Duration timeout, NanoClock clock) {
    this.address = address;
    this.tls = tls;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Opens so many connections.
   *
   * @throws UnknownHostException if the name of the host is not known
   */
  public NetworkLatency open(int connections) throws UnknownHostException {
    String name = host();
    long asked = clock.nanos();
    InetAddress host = InetAddress.getByName(name);
    long found = clock.nanos();
    for (int i = 0; i < connections; i++) {
      open(host);
    }
    return new NetworkLatency(name, failed, found - asked, tcpNanos, tlsNanos);
  }

  private void open(InetAddress host) {
    int millis = Math.toIntExact(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    try (Socket socket = new Socket()) {
      long begin = clock.nanos();
      socket.connect(new InetSocketAddress(host, ServiceAddress.port(address)), millis);
      long connected = clock.nanos();
      socket.setSoTimeout(millis);
      tcpNanos.add(connected - begin);
      if (tls) {
        secure(socket, connected);
      }
    } catch (IOException ignored) {
      failed++;
    }
  }

  private void secure(Socket socket, long connected) {
    try {
      handshake(socket);
      tlsNanos.add(clock.nanos() - connected);
    } catch (IOException e) {
      tlsFailure =
          Optional.of(
              TlsFailure.of(e)
                  .map(TlsFailure::message)
                  .orElseGet(() -> e.getClass().getSimpleName()));
    }
  }

  /** Why TLS could not be set up the last time that it failed. */
  public Optional<String> tlsFailure() {
    return tlsFailure;
  }

  private void handshake(Socket socket) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket secured =
        (SSLSocket) factory.createSocket(socket, host(), ServiceAddress.port(address), false)) {
      secured.startHandshake();
    }
  }

  private String host() {
    return ServiceAddress.host(address).orElseThrow();
  }
}
