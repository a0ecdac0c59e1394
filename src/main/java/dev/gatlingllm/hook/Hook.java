package dev.gatlingllm.hook;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunInfo;
import java.nio.file.Path;

/**
 * A user's own code around a run and its calls. None of it is on the clock of a call: {@link
 * #beforeCall} has returned before the call's intended start of a closed load, or waits for it in
 * an open one; {@link #afterCall} begins when the call has ended.
 *
 * <p>Hooks are called in the order in which they were given: those of {@code .hooks(…)}, then those
 * of {@code llm.hooks}. An exception is reported on the console and in the log, with the number of
 * its like at the end of the run; what follows goes on as if the hook were not there.
 *
 * <p>Threads: {@link #beforeRun} and {@link #afterRun} are each called once, on a thread of their
 * own, with no call under way. {@link #beforeCall} is called by several threads at the same time.
 * {@link #afterCall} is called by one thread, one call after another; if it is slower than the
 * load, what it has to be told of waits in memory, and is told before {@link #afterRun}.
 *
 * <pre>{@code
 * public final class Slow implements Hook {
 *   @Override
 *   public void afterCall(CallRecord call, String answer) {
 *     if (call.times().end() - call.times().arrival() > 10_000_000_000L) {
 *       System.out.println("slow: " + call.service().requestId());
 *     }
 *   }
 * }
 * }</pre>
 */
public interface Hook {

  /**
   * The run begins; nothing has been sent.
   *
   * @param run what {@code run.json} says
   * @param folder the run's folder, to which more may be written; {@code none}, which is not there,
   *     of a run that keeps no files
   */
  default void beforeRun(RunInfo run, Path folder) throws Exception {}

  /**
   * A call has been built and is about to be sent.
   *
   * @param name the call's name
   * @param request what it asks for
   * @return what it is to ask for instead, or {@code request} itself
   */
  default LlmRequest beforeCall(String name, LlmRequest request) throws Exception {
    return request;
  }

  /**
   * A call that was sent has ended, well or not.
   *
   * @param call its record, as it is written to {@code calls.jsonl}
   * @param answer the visible text that came; never written anywhere by this project
   */
  default void afterCall(CallRecord call, String answer) throws Exception {}

  /**
   * The run is over and its reports are written. The process ends when all hooks have returned.
   *
   * @param run what {@code run.json} says
   * @param folder the run's folder
   */
  default void afterRun(RunInfo run, Path folder) throws Exception {}
}
