package dev.gatlingllm.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Streams with the shapes that a fuzzer would hardly find: those of other services and APIs. */
final class ChatShapes {

  static final List<String> ALL =
      Stream.of(
              choice("'content':[{'type':'thinking','thinking':[{'type':'text','text':'a'}]}]"),
              choice("'content':[{'type':'reasoning','summary':[{'type':'summary_text'}]},'b']"),
              choice("'reasoning_details':[{'type':'reasoning.encrypted','data':'Z'}]"),
              choice("'tool_calls':[{'custom':{'name':'f','input':{'a':1}}}]"),
              choice("'audio':{'data':'Z','transcript':'a'},'images':[{}]"),
              event("{'choices':[{'message':{'content':'a'},'delta':{},'error':{'code':5}}]}"),
              event("{'x_groq':{'usage':{'prompt_tokens':'1','total_tokens':9.0}},'choices':[]}"),
              "event: error\ndata: died\n\n",
              "{'error':{'message':'died'}}\n",
              event(": ping") + event("[PING]"),
              typed("output_text.delta", "'delta':'a'") + typed("output_text.done", "'text':'a'"),
              "event: response.output_text.delta\n" + event("{'delta':'a'}"),
              typed("output_item.added", "'item':{'type':'function_call','name':'f'}"),
              typed("output_item.done", "'item':{'type':'reasoning','encrypted_content':'Z'}"),
              typed(
                  "completed",
                  "'response':{'status':'incomplete','output':[{'type':'message','content':"
                      + "[{'type':'output_text','text':'a'}]}],'usage':{'output_tokens':1}}"),
              typed("failed", "'response':{'error':null}"),
              event("{'type':'message_start','message':{'model':'m','usage':{'input_tokens':1}}}"),
              event("{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}}"),
              event(
                  "{'type':'content_block_start','content_block':{'type':'tool_use','input':{}}}"),
              event("{'type':'content_block_delta','delta':{'type':'signature_delta'}}"),
              event("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{}}"),
              event("{'type':'error','error':{'type':'overloaded_error','message':'m'}}"),
              "[{'error':{'code':400,'message':'m'}}]",
              "{'detail':[{'msg':'m','loc':['body','x']}]}",
              "{'errors':[{'code':1,'message':'m'}],'fault':{'faultstring':'f'}}",
              "{'title':'t','detail':'d','status':400}",
              "<html><title>t</title></html>")
          .map(stream -> stream.replace('\'', '"'))
          .toList();

  private ChatShapes() {}

  private static String choice(String delta) {
    return event("{'choices':[{'delta':{" + delta + "},'finish_reason':''}]}");
  }

  private static String typed(String name, String fields) {
    return event("{'type':'response." + name + "'," + fields + "}");
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
