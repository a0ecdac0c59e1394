package dev.gatlingllm.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.record.RunInfo;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes samples of the JVM of a run, from its beginning to its end. */
public final class SoakProbe implements Hook {

  /** The samples, in the run's folder. */
  static final String FILE = "soak.csv";

  private static final long PERIOD_SECONDS = 5;

  private final CountDownLatch over = new CountDownLatch(1);

  @Override
  public void beforeRun(RunInfo run, Path folder) throws IOException {
    BufferedWriter out = Files.newBufferedWriter(folder.resolve(FILE));
    Thread thread = new Thread(() -> sample(out), "soak-probe");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void afterRun(RunInfo run, Path folder) {
    over.countDown();
  }

  private void sample(BufferedWriter out) {
    long start = System.nanoTime();
    try (out) {
      while (!over.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
        out.write(now(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).line());
        out.newLine();
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a young collection leaves of the old generation is garbage in good part. */
  private static Sample now(long seconds) {
    System.gc();
    return new Sample(
        seconds,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        directBytes(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  /** Netty takes its own memory past the JDK's counter, or not: it says which. */
  private static long directBytes() {
    long jdk =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return jdk
        + (PlatformDependent.useDirectBufferNoCleaner()
            ? Math.max(0, PlatformDependent.usedDirectMemory())
            : 0);
  }
}
