package dev.gatlingllm.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The JVM's switch for heap dumps when memory runs out. Gatling's Maven plugin turns it on; the
 * dump, as large as the heap, holds the keys and every prompt in memory, and lies in the project's
 * folder.
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
