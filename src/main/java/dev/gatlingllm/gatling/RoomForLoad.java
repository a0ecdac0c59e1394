package dev.gatlingllm.gatling;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.health.LocalPorts;
import dev.gatlingllm.health.OpenFiles;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Check of the client's own machine before anything is sent: file descriptors, local ports and heap
 * against what the load needs.
 *
 * @param descriptorsOpen file descriptors in use by now; absent where the system does not say
 * @param descriptorsMost how many may be in use
 * @param ports local ports for connections to one address; absent where the system does not say
 * @param heapBytes the greatest heap
 */
record RoomForLoad(
    OptionalLong descriptorsOpen,
    OptionalLong descriptorsMost,
    OptionalLong ports,
    long heapBytes) {

  /**
   * What a run opens besides its connections after this was counted: event loops, its own files,
   * Gatling's, native libraries. Measured: 30.
   */
  private static final long RESERVED_DESCRIPTORS = 40;

  /** Measured: 11 to 25 KiB a stream, beside 110 MB that were in use after a collection. */
  private static final Heap LEAST_HEAP = new Heap(100 << 20, 10 << 10);

  private static final Heap LIKELY_HEAP = new Heap(128 << 20, 50 << 10);

  private record Heap(long baseBytes, long bytesPerCall) {
    long of(long calls) {
      return baseBytes + calls * bytesPerCall;
    }
  }

  static RoomForLoad now() {
    HealthSample.Descriptors descriptors = OpenFiles.now();
    return new RoomForLoad(
        descriptors.open(),
        descriptors.most(),
        LocalPorts.available(),
        Runtime.getRuntime().maxMemory());
  }

  /**
   * Compares what a load needs with what there is.
   *
   * @return a sentence if there may not be room enough
   * @throws ConfigurationException if there certainly is not
   */
  Optional<String> check(CallsAtOnce load) {
    Optional<String> lacking = lacking(load.certain(), "needs", LEAST_HEAP);
    if (lacking.isPresent()) {
      throw new ConfigurationException(lacking.get());
    }
    return lacking(load.likely(), "may need", LIKELY_HEAP);
  }

  private Optional<String> lacking(CallsAtOnce.Need need, String verb, Heap heap) {
    return descriptors(need, verb).or(() -> ports(need, verb)).or(() -> heap(need, verb, heap));
  }

  private Optional<String> descriptors(CallsAtOnce.Need need, String verb) {
    if (descriptorsMost.isEmpty() || descriptorsOpen.isEmpty() || need.calls() == 0) {
      return Optional.empty();
    }
    long own = descriptorsOpen.getAsLong() + RESERVED_DESCRIPTORS;
    long needed = own + need.calls() * need.descriptorsPerCall();
    return needed <= descriptorsMost.getAsLong()
        ? Optional.empty()
        : Optional.of(
            Figures.fill(
                "the load %s %d file descriptors (%d for each of %d calls at once%s, %d for the run"
                    + " itself), but ulimit -n is %d: allow more with ulimit -n 65536",
                verb,
                needed,
                need.descriptorsPerCall(),
                need.calls(),
                need.descriptorsPerCall() > 1 ? " with the simulated endpoint in this process" : "",
                own,
                descriptorsMost.getAsLong()));
  }

  private Optional<String> ports(CallsAtOnce.Need need, String verb) {
    return ports.isEmpty() || need.calls() <= ports.getAsLong()
        ? Optional.empty()
        : Optional.of(
            Figures.fill(
                "the load %s %d local ports, one for each call at once, but"
                    + " net.ipv4.ip_local_port_range has %d: widen it with sysctl"
                    + " net.ipv4.ip_local_port_range=\"1024 65535\", or share the load among"
                    + " machines",
                verb, need.calls(), ports.getAsLong()));
  }

  private Optional<String> heap(CallsAtOnce.Need need, String verb, Heap heap) {
    long needed = heap.of(need.calls());
    return need.calls() == 0 || needed <= heapBytes
        ? Optional.empty()
        : Optional.of(
            Figures.fill(
                "the load %s a heap of %d MB for %d calls at once, but it is %d MB:"
                    + " -Dgatling.jvmArgs=-Xmx%dM",
                verb, needed >> 20, need.calls(), heapBytes >> 20, 2 * (needed >> 20)));
  }
}
