// Review of a scenario: where it stands, the decision, and what people say about it.

import { all } from "../api.js";
import { byId } from "../dom.js";
import { showProblem } from "../notice.js";
import { openScenario, ready, scenarioId } from "../scenario/head.js";
import { showComments } from "./comments.js";
import { showDecision } from "./decision.js";

async function load() {
  try {
    const opened = await openScenario("/review");
    const id = scenarioId();
    const isLimited = Boolean(opened.who.region);
    const [history, comments] = await Promise.all([
      isLimited ? [] : all(`/v1/scenarios/${id}/history`),
      all(`/v1/scenarios/${id}/comments`),
    ]);
    showDecision(byId("decision"), { ...opened, history, open: comments.filter((one) => !one.resolved_at).length, again: load });
    showComments(byId("comments"), { ...opened, comments, again: load });
    byId("review").hidden = false;
  } catch (problem) {
    showProblem(byId("notice"), problem);
  }
  ready();
}

load();
