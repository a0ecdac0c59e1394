package dev.gatlingllm.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Passes TCP connections on to a server on this machine, and does to them what a bad network, a bad
 * proxy and a server in trouble do: at instants and places that a seed decides. It neither repeats
 * nor changes a byte of what it passes on.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 500;
  private static final int LONGEST_REFUSAL_MILLIS = 60;

  private final int serverPort;
  private final Mix mix;
  private final SplittableRandom random;
  private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);
  private final LongAdder accepted = new LongAdder();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Socket placeholder = new Socket();
  private volatile boolean closing;
  private volatile ServerSocket listener;

  private FaultProxy(int serverPort, Mix mix, long seed) throws IOException {
    this.serverPort = serverPort;
    this.mix = mix;
    this.random = new SplittableRandom(seed);
    for (Fault fault : Fault.values()) {
      counts.put(fault, new LongAdder());
    }
    // It never listens. It keeps the port ours while nobody does.
    placeholder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    placeholder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener = listen(placeholder.getLocalPort());
  }

  /** Starts a proxy on a free port of 127.0.0.1. */
  public static FaultProxy start(int serverPort, Mix mix, long seed) throws IOException {
    FaultProxy proxy = new FaultProxy(serverPort, mix, seed);
    thread(proxy::accept).start();
    return proxy;
  }

  public int port() {
    return placeholder.getLocalPort();
  }

  /** How many connections came as far as the proxy. */
  public long accepted() {
    return accepted.sum();
  }

  /** How often each fault happened. */
  public Map<Fault, Long> counts() {
    Map<Fault, Long> sums = new EnumMap<>(Fault.class);
    counts.forEach(
        (fault, count) -> {
          if (count.sum() > 0) {
            sums.put(fault, count.sum());
          }
        });
    return sums;
  }

  @Override
  public void close() throws IOException {
    closing = true;
    listener.close();
    placeholder.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    return socket;
  }

  private void accept() {
    while (!closing) {
      try {
        Socket client = listener.accept();
        accepted.increment();
        client.setTcpNoDelay(true);
        receive(client, random.split());
      } catch (IOException e) {
        if (!closing) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void receive(Socket client, SplittableRandom ofConnection) throws IOException {
    Fault fault = mix.onAccept(ofConnection);
    if (fault != Fault.DELAYED) {
      count(fault);
    }
    switch (fault) {
      case REFUSED -> {
        client.close();
        refuse(ofConnection.nextInt(LONGEST_REFUSAL_MILLIS));
      }
      case CLOSED_AT_ONCE -> client.close();
      case RESET_AT_ONCE -> {
        client.setSoLinger(true, 0);
        client.close();
      }
      case BLACK_HOLE -> thread(() -> holdOpen(client)).start();
      default -> thread(() -> connect(client, ofConnection)).start();
    }
  }

  private void refuse(int millis) throws IOException {
    listener.close();
    sleep(millis);
    if (!closing) {
      listener = listen(port());
    }
  }

  private void holdOpen(Socket client) {
    open.add(client);
    sleep(mix.deaf().toMillis());
    try {
      client.close();
    } catch (IOException ignored) {
      // It is gone, which is all that is wanted.
      return;
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client, SplittableRandom ofConnection) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      server.setTcpNoDelay(true);
      open.add(client);
      open.add(server);
      ProxiedConnection connection = new ProxiedConnection(client, server, mix, this::count);
      connection.run(ofConnection);
      connection.awaitEnd();
      open.remove(server);
    } catch (IOException | InterruptedException ignored) {
      // The proxy is being closed.
      return;
    } finally {
      open.remove(client);
    }
  }

  private void count(Fault fault) {
    counts.get(fault).increment();
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
