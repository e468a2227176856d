
var splitQuery = (query) =>
  (query.match(/[\p{Letter}\p{Number}_]+/gu) || [])
    .flatMap((word) => word.match(/[HAN]+|[^HAN]+/g));
