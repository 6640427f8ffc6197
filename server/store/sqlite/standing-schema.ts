/** R4: who may stand in a venue's standing circles. One text for the guards of the database and for the operation. */

/** More than one of the workers has to agree, so that nobody puts somebody of her own before a door alone; one, where she is the only one. */
const AGREEING = 2

/** As SQL, of two expressions: whom the operator invited to the venue, or whom enough of its workers agreed on. */
export function mayStand (venue: string, responder: string): string {
  const agreed = `(SELECT count(*) FROM standing_agreement a WHERE a.venue = ${venue} AND a.responder = ${responder})`
  return `(EXISTS (SELECT 1 FROM venue_responder v WHERE v.venue = ${venue} AND v.responder = ${responder})
    OR ${agreed} >= max(1, min(${AGREEING}, (SELECT count(*) FROM worker_venue w WHERE w.venue = ${venue}))))`
}
