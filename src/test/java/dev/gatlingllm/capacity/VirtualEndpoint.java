package dev.gatlingllm.capacity;

/** An endpoint on a virtual clock. Calls come in the order of their arrivals. */
public interface VirtualEndpoint {

  /** What becomes of a call that arrives at an instant, in seconds. */
  Answer call(double arrival);

  /**
   * An answer.
   *
   * @param waited seconds to the first chunk; NaN if the call was refused
   * @param end the instant of its end, in seconds
   */
  record Answer(double waited, double end) {

    public boolean refused() {
      return Double.isNaN(waited);
    }
  }
}
