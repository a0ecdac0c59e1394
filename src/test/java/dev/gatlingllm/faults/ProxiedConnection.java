package dev.gatlingllm.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connection of a client, the one to the server behind it, and what happens to them. */
final class ProxiedConnection {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int MOST_DRIPPED = 48;
  private static final int LONGEST_DELAY_MILLIS = 80;
  private static final int SHORTEST_PAUSE_MILLIS = 200;
  private static final int LONGEST_PAUSE_MILLIS = 2_500;

  private final Socket client;
  private final Socket server;
  private final Mix mix;
  private final Consumer<Fault> count;
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch directions = new CountDownLatch(2);

  ProxiedConnection(Socket client, Socket server, Mix mix, Consumer<Fault> count) {
    this.client = client;
    this.server = server;
    this.mix = mix;
    this.count = count;
  }

  /**
   * Passes bytes on in both directions until the connection is over, on this thread and another.
   */
  void run(SplittableRandom random) {
    SplittableRandom upRandom = random.split();
    SplittableRandom downRandom = random.split();
    Inserts inserts = Inserts.of(mix, random.split(), count);
    Thread up =
        FaultProxy.thread(
            () -> new Direction(client, server, true, upRandom, Arrays::copyOf).run());
    up.start();
    new Direction(server, client, false, downRandom, inserts).run();
  }

  /** Waits until both directions are done. */
  void awaitEnd() throws InterruptedException {
    over.await();
  }

  private void close() {
    over.countDown();
    closeQuietly(client);
    closeQuietly(server);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is as closed as it can be.
      return;
    }
  }

  /** One direction, on a thread of its own. */
  private final class Direction {

    private final Socket from;
    private final Socket to;
    private final boolean up;
    private final SplittableRandom random;
    private final Inserts inserts;
    private long untilFault;
    private int toDrip;
    private boolean discarding;

    Direction(Socket from, Socket to, boolean up, SplittableRandom random, Inserts inserts) {
      this.from = from;
      this.to = to;
      this.up = up;
      this.random = random;
      this.inserts = inserts;
      this.untilFault = mix.firstGap(random, up);
    }

    void run() {
      try {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          pass(inserts.around(buffer, read));
        }
        finish();
      } catch (IOException closed) {
        close();
      } catch (InterruptedException ignored) {
        // The proxy is being closed.
        close();
      }
    }

    /** The sender is done; the other direction may not be. */
    private void finish() throws IOException {
      if (!discarding) {
        to.shutdownOutput();
      }
      directions.countDown();
      if (directions.getCount() == 0) {
        close();
      }
    }

    private void pass(byte[] bytes) throws IOException, InterruptedException {
      int at = 0;
      while (at < bytes.length && !discarding) {
        int part = (int) Math.min(bytes.length - at, untilFault);
        write(bytes, at, part);
        at += part;
        untilFault -= part;
        if (untilFault == 0) {
          untilFault = mix.gap(random, up);
          suffer(mix.inStream(random));
        }
      }
    }

    private void write(byte[] bytes, int offset, int length)
        throws IOException, InterruptedException {
      OutputStream out = to.getOutputStream();
      int at = offset;
      for (; toDrip > 0 && at < offset + length; toDrip--) {
        out.write(bytes, at++, 1);
        waitFor(1);
      }
      out.write(bytes, at, offset + length - at);
    }

    private void suffer(Fault fault) throws IOException, InterruptedException {
      count.accept(fault);
      switch (fault) {
        case CUT -> close();
        case RESET -> {
          client.setSoLinger(true, 0);
          close();
        }
        case HALF_CLOSED -> {
          discarding = true;
          to.shutdownOutput();
        }
        case DRIPPED -> toDrip = 1 + random.nextInt(MOST_DRIPPED);
        case DELAYED -> waitFor(1 + random.nextInt(LONGEST_DELAY_MILLIS));
        case PAUSED -> waitFor(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        case DEAF -> {
          waitFor(mix.deaf().toMillis());
          close();
        }
        default -> throw new IllegalStateException("no fault of a stream: " + fault);
      }
    }

    private void waitFor(long millis) throws InterruptedException {
      boolean unused = over.await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
