package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameters;
import java.time.Duration;
import java.util.List;

/** What one session says, turn by turn, from 0. The same whenever it is asked. */
interface Script {

  int turns();

  /** What is new in a turn. */
  List<Message> said(int turn);

  /** The answer that was recorded for a turn. */
  Dialogue.Recorded recorded(int turn);

  /** From the answer before to a turn; zero for the first. */
  Duration thinkTime(int turn);

  /** What the call of a turn asks for, its bound on the output included. */
  Parameters parameters(int turn);
}
