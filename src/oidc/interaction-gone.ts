/** The journey is over, has lapsed, or belongs to another browser: the page says so and where to start again. */
export class InteractionGone extends Error {
  /** @param siteId the site it began at, when a form of it still says so */
  constructor(readonly siteId?: string) {
    super('the interaction is gone');
  }
}

/** The session that a form belonged to has ended. */
export class SessionGone extends Error {
  constructor() {
    super('the session has ended');
  }
}

/** The page needs a session: the browser goes through a login and comes back. */
export class LoginFirst extends Error {
  constructor(readonly location: string) {
    super('a login is needed first');
  }
}

/** A page that another prompt of the journey shows: the browser goes to the one that is due. */
export class PageNotDue extends Error {
  constructor(readonly location: string) {
    super('another page of the journey is due');
  }
}
