package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.run.Ledger;
import dev.gatlingllm.run.Plan;
import io.gatling.core.session.Session;
import java.util.OptionalLong;
import scala.Option;

/**
 * A user's next call, before it is built.
 *
 * @param session the user's, without the arrival: the call after this one is not on the schedule
 * @param ticket the call's entry in the ledger
 * @param arrival when the call is to start; absent if it is on no schedule
 */
record NextCall(Session session, Ledger.Ticket ticket, OptionalLong arrival) {

  /** Whether nothing has been sent for this user yet. */
  boolean isFirst() {
    return arrival.isPresent() || !session.contains(LastCall.ATTRIBUTE);
  }

  static NextCall of(Session session, Ledger ledger) {
    Option<Object> arrival = session.attributes().get(ScheduledUsers.ARRIVAL);
    if (arrival.isEmpty()) {
      return new NextCall(session, ledger.open(), OptionalLong.empty());
    }
    Option<Object> plan = session.attributes().get(ScheduledUsers.PLAN);
    return new NextCall(
        session.remove(ScheduledUsers.ARRIVAL).remove(ScheduledUsers.PLAN),
        plan.isEmpty() ? ledger.open() : ledger.open((Plan) plan.get()),
        OptionalLong.of((Long) arrival.get()));
  }
}
