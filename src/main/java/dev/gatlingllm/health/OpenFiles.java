package dev.gatlingllm.health;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatlingllm.record.HealthSample;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.OptionalLong;

/** The file descriptors of this process. */
public final class OpenFiles {

  private OpenFiles() {}

  /** How many are in use now, and how many may be. Counting them takes some µs for each. */
  public static HealthSample.Descriptors now() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix
        ? now(unix)
        : HealthSample.Descriptors.UNKNOWN;
  }

  private static HealthSample.Descriptors now(UnixOperatingSystemMXBean unix) {
    OptionalLong most = OptionalLong.of(unix.getMaxFileDescriptorCount());
    try {
      return new HealthSample.Descriptors(OptionalLong.of(unix.getOpenFileDescriptorCount()), most);
    } catch (InternalError ignored) {
      // Counting them takes a descriptor itself: there is none left.
      return new HealthSample.Descriptors(most, most);
    }
  }
}
