package dev.gatlingllm.call;

/**
 * Is told what the client itself adds to calls, on the threads where it happens: it must return
 * quickly and must not block. Safe for use by many threads.
 */
public interface CallWatch {

  /** Takes no notice. */
  CallWatch NONE =
      new CallWatch() {
        @Override
        public void sent(long lagNanos) {}

        @Override
        public void decoded(long backlogNanos) {}
      };

  /**
   * The call was sent; told once for each call that was.
   *
   * @param lagNanos actual start − intended start
   */
  void sent(long lagNanos);

  /**
   * A chunk of output was decoded.
   *
   * @param backlogNanos how long after it had left the transport
   */
  void decoded(long backlogNanos);
}
