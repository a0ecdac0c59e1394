package dev.gatlingllm.call;

/**
 * Is told what the client itself adds to calls, on the threads where it happens: it must return
 * quickly and must not block. Safe for use by many threads.
 */
public interface CallProbe {

  /** Takes no notice. */
  CallProbe NONE =
      new CallProbe() {
        @Override
        public void sent(long delayNanos) {}

        @Override
        public void decoded(long backlogNanos) {}
      };

  /**
   * The call was sent; told once for each call that was.
   *
   * @param delayNanos actual start − intended start
   */
  void sent(long delayNanos);

  /**
   * A chunk of output was decoded.
   *
   * @param backlogNanos how long after it had left the transport
   */
  void decoded(long backlogNanos);
}
