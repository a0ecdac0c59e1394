package dev.gatlingllm.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether the JVM writes its heap to a file when memory runs out. Gatling's Maven plugin asks for
 * it; the file, as large as the heap, holds the keys and every prompt in memory, and lies in the
 * project's folder.
 */
public final class HeapDumps {

  private HeapDumps() {}

  /** Allows dumps or forbids them. Without effect on a JVM that has no such switch. */
  public static void allow(boolean wanted) {
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .setVMOption("HeapDumpOnOutOfMemoryError", String.valueOf(wanted));
    } catch (RuntimeException | LinkageError ignored) {
      // another JVM than HotSpot
    }
  }
}
