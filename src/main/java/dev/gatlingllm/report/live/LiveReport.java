package dev.gatlingllm.report.live;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LiveConfig;
import dev.gatlingllm.report.GrowingRun;
import dev.gatlingllm.report.LivePage;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code llm.live}: the token report of a run that goes on, on a local page. It is made from the
 * files of the run, on a thread of its own: once when the load begins, then only while somebody
 * looks; a call of the run never waits for it. Safe for use by many threads.
 */
public final class LiveReport implements AutoCloseable {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long TICK_MILLIS = 100;
  private static final int TICKS_TO_READ = 20;

  /** Longer than a browser takes to open the page anew. */
  static final int TICKS_TO_FORGET = 50;

  private final LiveServer server;
  private final NanoClock clock;
  private final PrintStream console;
  private volatile boolean over;
  private boolean hasFailed;
  private volatile boolean watchedToTheEnd;

  private LiveReport(LiveServer server, NanoClock clock, PrintStream console) {
    this.server = server;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Begins to serve, and says where; empty if the settings do not ask for it.
   *
   * @throws ConfigurationException if that address cannot be used
   */
  public static Optional<LiveReport> open(LiveConfig config, NanoClock clock, PrintStream console) {
    Optional<LiveReport> report =
        config
            .address()
            .map(LiveServer::listen)
            .map(server -> new LiveReport(server, clock, console));
    report.ifPresent(
        live -> {
          live.standing(Standing.of("preparing", "The run prepares."));
          console.println("[llm] live report: " + live.url());
        });
    return report;
  }

  /** Where a browser finds the page. */
  public String url() {
    return server.url();
  }

  /** Begins to show the run in this folder, until it {@link #ends}. */
  public void follow(Path folder) {
    server.run(String.valueOf(folder.getFileName()));
    Thread maker = new Thread(() -> make(new GrowingRun(folder)), "llm-live-report");
    maker.setDaemon(true);
    maker.start();
  }

  private void make(GrowingRun run) {
    try {
      UpdatePace pace = new UpdatePace(clock.nanos());
      while (!over) {
        long spent = processorNanos();
        stepOrSay(run);
        long pauseNanos = pace.pauseNanos(processorNanos() - spent, clock.nanos());
        TimeUnit.NANOSECONDS.sleep(pauseNanos);
        awaitNextViewer(run);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A page that cannot be made is told once; the next one may be. */
  private void stepOrSay(GrowingRun run) {
    try {
      step(run);
    } catch (IOException | RuntimeException e) {
      if (!hasFailed && !over) {
        hasFailed = true;
        console.println("[llm] the live report is not up to date: " + e);
      }
    }
  }

  /** Of this thread; the clock where the JVM does not count that. */
  private long processorNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : clock.nanos();
  }

  /** Makes one page of what has ended by now. */
  void step(GrowingRun run) throws IOException {
    LivePage page = LivePage.of(run.report());
    synchronized (this) {
      if (!over) {
        server.page(page);
      }
    }
  }

  /** While nobody looks nothing is made. */
  private void awaitNextViewer(GrowingRun run) throws InterruptedException {
    long ticks = 0;
    while (!over && server.viewers() == 0) {
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      nobodyLooks(run, ++ticks);
    }
  }

  /**
   * Records are read so that they do not wait in heaps, and a page that grows old is shown to no
   * newcomer.
   *
   * @param ticks for how many of them nobody has looked
   */
  void nobodyLooks(GrowingRun run, long ticks) {
    if (ticks == TICKS_TO_FORGET) {
      server.forgetPage();
    }
    if (ticks % TICKS_TO_READ == 0) {
      readOn(run);
    }
  }

  private static void readOn(GrowingRun run) {
    try {
      run.readOn();
    } catch (IOException | RuntimeException ignored) {
      // the next page says so
    }
  }

  /** How the run stands. */
  public void standing(Standing standing) {
    if (!over) {
      server.standing(standing);
    }
  }

  /** The run has ended: shows its report for good, to whoever looks. */
  public synchronized void ends(RunReport report, Path folder) throws IOException {
    over = true;
    if (server.viewers() > 0) {
      watchedToTheEnd = true;
      server.last(
          LivePage.of(report), Standing.of("ended", "The run has ended. Its report: " + folder));
    }
  }

  /** Closes when the last viewers have what they need, after five seconds at most. */
  @Override
  public void close() {
    over = true;
    try {
      if (watchedToTheEnd) {
        server.awaitLastViewers();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
