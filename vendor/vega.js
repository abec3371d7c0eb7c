// What static/vendor/vega.min.js is bundled from: drawing a specification without evaluating text as code.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

globalThis.portalVega = { embed, expressionInterpreter };
